"""The sources that the rules' examples are about."""

TOOL = """tools:
  - id: linear
    name: Linear
    summary: Plans and tracks the work of every squad.
    category: project-management
    status: trial
"""

ACTIVE_TOOL = """tools:
  - id: linear
    name: Linear
    summary: Plans and tracks the work of every squad.
    category: project-management
    status: active
    owner: product-manager
    access: {how: Ask in the channel for new accounts.}
"""

ROLE = """roles:
  - id: product-manager
    name: Product manager
    summary: Decides what is built next and why.
"""

PROCESS = """name: Launch
summary: Brings a finished feature to customers.
why: Without it, support learns about features from customers.
trigger: A feature is ready to ship.
training: A talk of half an hour for everybody new.
feedback_channel: The channel for launches.
steps:
  - id: decide
    name: Decide
    role: product-manager
    what: Say yes or no.
"""
