using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Version of OpenSSH, and what it does where nothing is written (servconf.c, myproposal.h of the releases).</summary>
internal sealed partial record SshdVersion(int Major, int Minor)
{
    private const string Etm = "umac-64-etm@openssh.com,umac-128-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha1-etm@openssh.com";
    private const string NistCurves = "ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521";
    private const string Curves = "curve25519-sha256,curve25519-sha256@libssh.org," + NistCurves;
    private const string Sha2Groups = "diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256";

    /// <summary>Null where the text names none.</summary>
    public static SshdVersion? Of(string? text)
    {
        var found = Banner().Match(text ?? "");
        return found.Success
            ? new SshdVersion(int.Parse(found.Groups["major"].Value, CultureInfo.InvariantCulture), int.Parse(found.Groups["minor"].Value, CultureInfo.InvariantCulture))
            : null;
    }

    public bool Since(int major, int minor) => Major > major || (Major == major && Minor >= minor);

    public override string ToString() => $"{Major}.{Minor}";

    /// <summary>Null where this version is older than what is known here.</summary>
    public IReadOnlyDictionary<string, string>? Defaults => !Since(7, 0) ? null : new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["permitrootlogin"] = "prohibit-password", ["permitemptypasswords"] = "no", ["maxauthtries"] = "6", ["clientaliveinterval"] = "0", ["clientalivecountmax"] = "3",
        ["logingracetime"] = "120", ["ignorerhosts"] = "yes", ["hostbasedauthentication"] = "no", ["permituserenvironment"] = "no", ["loglevel"] = "INFO", ["usepam"] = "no",
        ["x11forwarding"] = "no", ["allowtcpforwarding"] = "yes", ["passwordauthentication"] = "yes", ["kbdinteractiveauthentication"] = "yes", ["pubkeyauthentication"] = "yes",
        ["ciphers"] = Since(9, 9)
            ? "chacha20-poly1305@openssh.com,aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr"
            : "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com",
        ["macs"] = Etm + ",umac-64@openssh.com,umac-128@openssh.com,hmac-sha2-256,hmac-sha2-512,hmac-sha1",
        ["kexalgorithms"] = Kex,
    };

    private string Kex => this switch
    {
        _ when Since(10, 0) => $"mlkem768x25519-sha256,sntrup761x25519-sha512,sntrup761x25519-sha512@openssh.com,{Curves}",
        _ when Since(9, 9) => $"sntrup761x25519-sha512,sntrup761x25519-sha512@openssh.com,mlkem768x25519-sha256,{Curves},{Sha2Groups}",
        _ when Since(9, 0) => $"sntrup761x25519-sha512@openssh.com,{Curves},{Sha2Groups}",
        _ when Since(8, 2) => $"{Curves},{Sha2Groups}",
        _ when Since(7, 4) => $"{Curves},{Sha2Groups},diffie-hellman-group14-sha1",
        _ => $"curve25519-sha256@libssh.org,{NistCurves},diffie-hellman-group-exchange-sha256,diffie-hellman-group14-sha1",
    };

    [GeneratedRegex(@"OpenSSH_(?<major>[0-9]{1,2})\.(?<minor>[0-9]{1,2})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Banner();
}
