# The door
accounts-sign-in = Sign in
accounts-sign-in-to = Sign in to { $organisation }
accounts-sign-in-lead = The workspace for departments that launch together.
accounts-email = Work email
accounts-password = Password
accounts-keep = Keep me signed in on this device
accounts-email-missing = Enter your work email
accounts-password-missing = Enter your password
accounts-sign-in-refused = This email and password do not belong together
accounts-sign-in-refused-hint = Check both, then try again.
accounts-signed-out = You are signed out.
accounts-wait-seconds = { $seconds ->
    [one] Too many tries. Wait one second, then try again.
   *[other] Too many tries. Wait { $seconds } seconds, then try again.
}
accounts-wait-minutes = { $minutes ->
    [one] Too many tries. Wait one minute, then try again.
   *[other] Too many tries. Wait { $minutes } minutes, then try again.
}

# Fields
accounts-name = Name
accounts-name-missing = Enter a name
accounts-too-long = Use at most { $most } characters
accounts-email-bad = Enter an email address such as su.qing@example.com
accounts-language = Language
accounts-language-unknown = Choose a language
accounts-zone = Time zone
accounts-zone-unknown = Choose a time zone
accounts-password-hint = At least 12 characters. A sentence is easier to remember than signs and numbers.
accounts-new-password-missing = Enter a password
accounts-password-too-short = Use at least { $least } characters
accounts-password-too-long = Use at most { $most } characters
accounts-password-common = This password is among the first that would be guessed. Choose another one.

# A new password
accounts-forgot-link = I forgot my password
accounts-forgot = Set a new password
accounts-forgot-lead = Enter your work email. A letter with a link that works for one hour comes to you.
accounts-forgot-no-mail = This installation sends no letters. Ask an administrator for a link to set a new password.
accounts-forgot-send = Send the link
accounts-forgot-sent = Look into your mailbox
accounts-forgot-sent-text = If { $email } belongs to somebody here, a letter with a link is on its way. It works for one hour.
accounts-back-to-sign-in = Back to sign-in
accounts-reset = Choose a new password
accounts-reset-lead = For { $email }. You are signed out everywhere else.
accounts-new-password = New password
accounts-reset-save = Save the password and sign in
accounts-reset-done = Your new password is saved. You are signed out everywhere else.
accounts-reset-ended = This link does not work any more
accounts-reset-ended-text = A link works once and for one hour, and a newer one ends it.
accounts-reset-again = Ask for a new link

# Links in letters that open the form of My work
accounts-work-link-expired = This link has expired
accounts-work-link-expired-text = A link in a letter opens your tasks for { $days } days. The next daily summary brings a new one, or you sign in.
accounts-work-link-dead = This link opens nothing
accounts-work-link-dead-text = Sign in to see your tasks.

# Invitations
accounts-join = Join { $organisation }
accounts-join-lead = You sign in as { $email }.
accounts-your-name = Your name
accounts-choose-password = Choose a password
accounts-join-button = Join
accounts-invitation-ended = This invitation does not work any more
accounts-invitation-ended-text = An invitation works once and for seven days. If you have joined already, sign in. Otherwise ask whoever invited you for a new one.

# Letters
accounts-letter-greeting = Hello { $name },
accounts-letter-invitation-subject = Invitation to { $organisation } on Tutti
accounts-letter-invitation-opening = you are invited to { $organisation } on Tutti, where departments take products to market together.
accounts-letter-invitation-by = { $inviter } invites you to { $organisation } on Tutti, where departments take products to market together.
accounts-letter-invitation-link = Join
accounts-letter-invitation-closing = The link works once and for seven days.
accounts-letter-reset-subject = Set a new password for Tutti
accounts-letter-reset-opening = with this link you set a new password for your account at { $organisation }.
accounts-letter-reset-link = Set a new password
accounts-letter-reset-closing = The link works once and for one hour. If you did not ask for it, do nothing: your password stays as it is.

# Settings
accounts-settings = Settings
accounts-profile = About you
accounts-profile-hint = Your colleagues see your name and what you do.
accounts-title = Job title
accounts-language-of-browser = As the browser asks
accounts-zone-of-organisation = As the organisation
accounts-settings-save = Save
accounts-settings-saved = Your settings are saved.
accounts-saved-meanwhile = This was changed in another window since you opened the page. What you typed is below; saving it replaces:
accounts-saved-value = { $label }: { $value }
accounts-password-part-hint = At least 12 characters. A sentence is easier to remember than signs and numbers. Changing it signs you out everywhere else.
accounts-old-password = Current password
accounts-old-password-missing = Enter your current password
accounts-old-password-wrong = This is not your current password
accounts-password-change = Change password
accounts-password-changed = { $ended ->
    [0] Your new password is saved.
    [one] Your new password is saved, and one other device is signed out.
   *[other] Your new password is saved, and { $ended } other devices are signed out.
}
accounts-sessions = Signed-in devices
accounts-sessions-hint = If you do not know one of them, sign it out and change your password.
accounts-device = { $browser } on { $system }
accounts-device-unknown = Unknown device
accounts-session-device = Device
accounts-session-address = Address
accounts-session-since = Signed in
accounts-session-seen = Last used
accounts-session-this = This device
accounts-session-end = Sign out
accounts-session-ended = The device is signed out.
accounts-sessions-end-others = Sign out all other devices
accounts-sessions-ended = { $ended ->
    [0] No other device was signed in.
    [one] One other device is signed out.
   *[other] { $ended } other devices are signed out.
}
