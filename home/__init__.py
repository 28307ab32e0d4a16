"""The front of house: home, content pages, the start page of a member, navigation and demo content."""
