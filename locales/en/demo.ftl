# The demo organisation
demo-title = Or look around first
demo-text = Fill this installation with a demo organisation: 26 people, four projects in the middle of their work, a decision waiting for its chair. It takes about half a minute and is for trying out only: use an installation of its own.
demo-button = Load the demo organisation
demo-ready-title = The demo organisation is ready
demo-ready-lead = Sign in as any of these people. All have the same password; note it now, it is shown only once.
demo-password = Password of all
demo-sign-in = Sign in
