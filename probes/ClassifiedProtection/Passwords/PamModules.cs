namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What the modules of PAM that come with distributions answer, as far as a question about passwords needs it.</summary>
internal static class PamModules
{
    public static readonly string[] Wrong = ["auth_err", "maxtries"];

    private static readonly HashSet<string> Verifying =
        ["pam_unix", "pam_unix2", "pam_pwdb", "pam_sss", "pam_ldap", "pam_krb5", "pam_winbind", "pam_userdb", "pam_radius", "pam_radius_auth", "pam_tacplus"];

    /// <summary>They let somebody in who has something other than the password.</summary>
    private static readonly HashSet<string> OtherFactors =
        ["pam_fprintd", "pam_u2f", "pam_pkcs11", "pam_p11", "pam_ssh_agent_auth", "pam_google_authenticator", "pam_yubico", "pam_duo", "pam_oath", "pam_systemd_home"];

    /// <summary>They ask for no password and set none; what they answer depends on the host, the hour and the account.</summary>
    private static readonly HashSet<string> Bystanding =
    [
        "pam_env", "pam_nologin", "pam_faildelay", "pam_usertype", "pam_group", "pam_cap", "pam_selinux", "pam_limits", "pam_mount", "pam_keyinit", "pam_gnome_keyring", "pam_kwallet",
        "pam_kwallet5", "pam_motd", "pam_mail", "pam_securetty", "pam_time", "pam_shells", "pam_tty_audit", "pam_ecryptfs", "pam_issue", "pam_echo", "pam_lastlog", "pam_lastlog2",
        "pam_loginuid", "pam_warn", "pam_umask", "pam_systemd", "pam_namespace", "pam_sepermit", "pam_console", "pam_ck_connector", "pam_oddjob_mkhomedir", "pam_mkhomedir",
    ];

    private static readonly HashSet<string> Understood =
        ["pam_pwquality", "pam_cracklib", "pam_pwhistory", "pam_faillock", "pam_tally", "pam_tally2", "pam_wheel", "pam_succeed_if", "pam_access", "pam_listfile", "pam_xauth"];

    /// <summary>Asks for the account's password, here or at a directory service.</summary>
    public static bool Verifies(string module) => Verifying.Contains(module);

    public static bool IsLocal(string module) => module is "pam_unix" or "pam_unix2" or "pam_pwdb";

    /// <summary>Its own settings are not read: it may refuse weak passwords, or lock accounts, by rules of its vendor.</summary>
    public static bool IsStrange(PamEntry entry) => !entry.IsMark && Fixed(entry) is null && !Verifies(entry.Module) && !Understood.Contains(entry.Module);

    /// <summary>Null where the module may do anything.</summary>
    /// <param name="entry">The line.</param>
    public static IReadOnlyList<string>? Fixed(PamEntry entry) => entry.Module switch
    {
        "pam_permit" or "pam_localuser" => ["success"],
        "pam_deny" => [entry.Type switch { "password" => "authtok_err", "session" => "session_err", _ => "auth_err" }],
        "pam_rootok" => ["auth_err"],
        _ when OtherFactors.Contains(entry.Module) => ["auth_err", "authinfo_unavail", "user_unknown", "ignore"],
        _ when Bystanding.Contains(entry.Module) => PamControl.Answers,
        _ => null,
    };
}
