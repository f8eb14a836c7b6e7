"""The ground that everything stands on: findings, rules, words, numbers and dates."""
