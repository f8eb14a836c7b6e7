"""The sources that the rules' examples are about."""

TOOL = """tools:
  - id: linear
    name: Linear
    summary: Plans and tracks the work of every squad.
    category: project-management
    status: active
"""

ROLE = """roles:
  - id: product-manager
    name: Product manager
    summary: Decides what is built next and why.
"""

PROCESS = """name: Launch
summary: Brings a finished feature to customers.
trigger: A feature is ready to ship.
steps:
  - id: decide
    name: Decide
    role: product-manager
    what: Say yes or no.
"""
