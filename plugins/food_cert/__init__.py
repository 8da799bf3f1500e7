"""Food premises: notified or licensed, inspected, followed through all their life."""
