# The door
accounts-sign-in = Sign in
accounts-sign-in-to = Sign in to { $organisation }
accounts-sign-in-lead = The workspace for departments that launch together.
accounts-email = Work email
accounts-password = Password
accounts-keep = Keep me signed in on this device
accounts-email-missing = Enter your work email
accounts-password-missing = Enter your password
accounts-sign-in-refused = This email and password do not belong together. Check both, then try again.
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
