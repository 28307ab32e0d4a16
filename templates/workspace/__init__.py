"""What an organisation does with goals: plan, indicators, measurements, activities and euros."""
