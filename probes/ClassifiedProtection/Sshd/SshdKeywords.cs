namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What sshd_config(5) knows, over all versions from 7.0 on and the patches of Debian and the RHEL family.</summary>
internal static class SshdKeywords
{
    /// <summary>May stand in a Match block.</summary>
    public static IReadOnlySet<string> Matchable { get; } = Set(
        "acceptenv allowagentforwarding allowgroups allowstreamlocalforwarding allowtcpforwarding allowusers authenticationmethods authorizedkeyscommand "
        + "authorizedkeyscommanduser authorizedkeysfile authorizedprincipalscommand authorizedprincipalscommanduser authorizedprincipalsfile banner casignaturealgorithms "
        + "channeltimeout chrootdirectory clientalivecountmax clientaliveinterval denygroups denyusers disableforwarding exposeauthinfo forcecommand gatewayports "
        + "gssapiauthentication hostbasedacceptedalgorithms hostbasedacceptedkeytypes hostbasedauthentication hostbasedusesnamefrompacketonly ignorerhosts include ipqos "
        + "kbdinteractiveauthentication challengeresponseauthentication kerberosauthentication loglevel logverbose maxauthtries maxsessions match passwordauthentication "
        + "permitemptypasswords permitlisten permitopen permitrootlogin permittty permittunnel permituserrc pubkeyacceptedalgorithms pubkeyacceptedkeytypes pubkeyauthentication "
        + "dsaauthentication pubkeyauthoptions rdomain refuseconnection rekeylimit requiredrsasize rsaminsize revokedkeys setenv streamlocalbindmask streamlocalbindunlink "
        + "rsaauthentication rhostsrsaauthentication trustedusercakeys unusedconnectiontimeout x11displayoffset x11forwarding x11maxdisplays x11uselocalhost");

    public static IReadOnlySet<string> GlobalOnly { get; } = Set(
        "addressfamily ciphers compression debianbanner fingerprinthash gssapicleanupcredentials gssapikeyexchange gssapikexalgorithms gssapistorecredentialsonrekey "
        + "gssapistrictacceptorcheck gssapienablek5users hostcertificate hostkey hostdsakey hostkeyagent hostkeyalgorithms ignoreuserknownhosts kerberosgetafstoken kerberosorlocalpasswd "
        + "kerberosticketcleanup kerberosuniqueccache kerberosusekuserok keepalive kexalgorithms listenaddress logingracetime macs maxstartups modulifile permituserenvironment "
        + "persourcemaxstartups persourcenetblocksize persourcepenalties persourcepenaltyexemptlist pidfile port printlastlog printmotd securitykeyprovider sshdauthpath "
        + "sshdsessionpath strictmodes subsystem syslogfacility tcpkeepalive usedns usepam versionaddendum xauthlocation showpatchlevel");

    /// <summary>Named, and without effect; they never stop sshd.</summary>
    public static IReadOnlySet<string> Ignored { get; } = Set(
        "protocol keyregenerationinterval serverkeybits rhostsauthentication uselogin useprivilegeseparation checkmail "
        + "skeyauthentication authorizedkeysfile2 reversemappingcheck verifyreversemapping pamauthenticationviakbdint afstokenpassing kerberostgtpassing useblacklist useblocklist");

    /// <summary>Every line adds to them; all others keep the first value.</summary>
    public static IReadOnlySet<string> Lists { get; } = Set("allowusers allowgroups denyusers denygroups acceptenv port listenaddress hostkey");

    public static IReadOnlySet<string> Flags { get; } = Set(
        "permitemptypasswords hostbasedauthentication usepam passwordauthentication kbdinteractiveauthentication pubkeyauthentication strictmodes permittty "
        + "printmotd printlastlog tcpkeepalive usedns x11uselocalhost permituserrc disableforwarding exposeauthinfo hostbasedusesnamefrompacketonly allowagentforwarding x11forwarding");

    public static IReadOnlySet<string> Numbers { get; } = Set("maxauthtries maxsessions clientalivecountmax x11displayoffset");

    public static IReadOnlySet<string> Times { get; } = Set("logingracetime clientaliveinterval");

    /// <summary>Closed lists of words.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Words { get; } = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal)
    {
        ["permitrootlogin"] = Set("yes no prohibit-password without-password forced-commands-only"),
        ["allowtcpforwarding"] = Set("yes no all local remote"),
        ["ignorerhosts"] = Set("yes no shosts-only"),
        ["gatewayports"] = Set("yes no clientspecified"),
        ["compression"] = Set("yes no delayed"),
        ["addressfamily"] = Set("any inet inet6"),
        ["loglevel"] = Set("silent quiet fatal error info verbose debug debug1 debug2 debug3"),
    };

    public static bool IsKnown(string keyword) => Matchable.Contains(keyword) || GlobalOnly.Contains(keyword) || Ignored.Contains(keyword);

    /// <summary>Two names of one setting.</summary>
    public static string Canonical(string keyword) => keyword switch
    {
        "challengeresponseauthentication" => "kbdinteractiveauthentication",
        "dsaauthentication" => "pubkeyauthentication",
        "keepalive" => "tcpkeepalive",
        "hostdsakey" => "hostkey",
        "pubkeyacceptedkeytypes" => "pubkeyacceptedalgorithms",
        "hostbasedacceptedkeytypes" => "hostbasedacceptedalgorithms",
        _ => keyword,
    };

    private static HashSet<string> Set(string words) => [.. words.Split(' ')];
}
