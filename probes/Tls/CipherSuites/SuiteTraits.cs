using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>How much a suite protects, from nothing to what is asked for today. The order is the order of strength.</summary>
public enum SuiteClass
{
    /// <summary>NULL encryption.</summary>
    [Description("不加密")]
    Unencrypted,

    /// <summary>Encrypted towards nobody in particular.</summary>
    [Description("匿名")]
    Anonymous,

    /// <summary>Keys cut to 40 or 56 bits for export.</summary>
    [Description("出口级")]
    Export,

    /// <summary>RC4, DES, RC2: practical attacks.</summary>
    [Description("已被攻破")]
    Broken,

    /// <summary>Blocks of 64 bits (3DES, IDEA) or an MD5 MAC.</summary>
    [Description("弱")]
    Weak,

    /// <summary>CBC, a SHA-1 MAC, or no forward secrecy.</summary>
    [Description("陈旧（CBC、SHA-1 或无前向保密）")]
    Dated,

    /// <summary>AEAD with forward secrecy.</summary>
    [Description("现代（AEAD 且前向保密）")]
    Modern,
}

/// <summary>What the name of a suite says of it.</summary>
internal sealed record SuiteTraits
{
    private static readonly string[] Ephemeral = ["ECDHE_", "DHE_", "DH_anon", "DH_ANON", "ECDH_anon", "ECDH_ANON", "ECCPWD", "CECPQ1", "IBSDH_"];
    private static readonly string[] SmallBlocks = ["3DES", "DES_", "DES40", "IDEA", "RC2_", "28147", "MAGMA", "FORTEZZA_CBC"];
    private static readonly string[] Aeads = ["_GCM", "_CCM", "POLY1305", "_MGM", "AEGIS", "_OCB"];

    public required string Name { get; init; }

    /// <summary>False for a number whose meaning is not published: nothing else here counts then.</summary>
    public bool IsRecognised { get; init; } = true;

    /// <summary>A new key agreement for every session, so that no key of the certificate opens old recordings.</summary>
    public bool IsForwardSecret { get; init; }

    public bool IsNull { get; init; }

    public bool IsAnonymous { get; init; }

    public bool IsExport { get; init; }

    public bool IsRc4 { get; init; }

    public bool IsRc2 { get; init; }

    /// <summary>Single DES.</summary>
    public bool IsDes { get; init; }

    public bool Is3Des { get; init; }

    public bool HasSmallBlock { get; init; }

    public bool IsCbc { get; init; }

    public bool IsAead { get; init; }

    /// <summary>MD5, SHA-1, SHA-256, SHA-384, SM3, …; null where the suite authenticates by AEAD alone.</summary>
    public string? Mac { get; init; }

    /// <summary>The client encrypts the secret to the server's RSA key (RFC 5246 §7.4.7.1).</summary>
    public bool IsStaticRsa { get; init; }

    /// <summary>SM2 (or SM9), SM4 or SM1, and SM3 alone.</summary>
    public bool IsSm { get; init; }

    /// <summary>Bits an attacker has to guess at least to read one session; 0 for NULL.</summary>
    public int KeyBits { get; init; }

    /// <summary>What known attacks leave of <see cref="KeyBits"/>: nothing of RC4 (RFC 7465).</summary>
    public int StrengthBits => IsRc4 ? 0 : KeyBits;

    public SuiteClass Class => this switch
    {
        { IsNull: true } => SuiteClass.Unencrypted,
        { IsAnonymous: true } => SuiteClass.Anonymous,
        { IsExport: true } => SuiteClass.Export,
        { IsRc4: true } or { IsRc2: true } or { IsDes: true } => SuiteClass.Broken,
        { HasSmallBlock: true } or { Mac: "MD5" } => SuiteClass.Weak,
        { IsAead: true, IsForwardSecret: true } => SuiteClass.Modern,
        _ => SuiteClass.Dated,
    };

    public static SuiteTraits Of(ushort suite) => suite >> 8 == 0x13 || suite is 0x00C6 or 0x00C7
        ? Read(CipherSuites.NameOf(suite)) with { IsForwardSecret = true }
        : Read(CipherSuites.NameOf(suite));

    /// <param name="name">Registered or customary; a bare number is not recognised.</param>
    public static SuiteTraits Read(string name)
    {
        var plain = name.StartsWith("OLD_", StringComparison.Ordinal) ? name[4..] : name;
        if (plain.StartsWith("0x", StringComparison.Ordinal))
        {
            return new SuiteTraits { Name = name, IsRecognised = false };
        }

        plain = plain[(plain.StartsWith("TLS_", StringComparison.Ordinal) || plain.StartsWith("SSL_", StringComparison.Ordinal) ? 4 : 0)..];
        var is3Des = plain.Contains("3DES", StringComparison.Ordinal) || plain.Contains("EDE3", StringComparison.Ordinal);
        var isAead = Contains(plain, Aeads);
        var isNull = plain.Contains("NULL", StringComparison.Ordinal) || plain is "SHA256_SHA256" or "SHA384_SHA384";
        return new SuiteTraits
        {
            Name = name,
            IsForwardSecret = Array.Exists(Ephemeral, e => plain.StartsWith(e, StringComparison.Ordinal)) || plain is "SHA256_SHA256" or "SHA384_SHA384" || plain.StartsWith("AEGIS", StringComparison.Ordinal),
            IsNull = isNull,
            IsAnonymous = plain.Contains("_anon_", StringComparison.OrdinalIgnoreCase) || plain == "NULL_WITH_NULL_NULL",
            IsExport = plain.Contains("EXPORT", StringComparison.Ordinal),
            IsRc4 = plain.Contains("RC4", StringComparison.Ordinal),
            IsRc2 = plain.Contains("RC2", StringComparison.Ordinal),
            IsDes = !is3Des && (plain.Contains("DES_", StringComparison.Ordinal) || plain.Contains("DES40", StringComparison.Ordinal)),
            Is3Des = is3Des,
            HasSmallBlock = is3Des || Contains(plain, SmallBlocks),
            IsCbc = !isAead && !isNull && (plain.Contains("_CBC", StringComparison.Ordinal) || Contains(plain, ["SM1_", "SM4_SHA1"])),
            IsAead = isAead,
            Mac = isAead ? null : MacOf(plain),
            IsStaticRsa = IsRsa(plain),
            IsSm = Contains(plain, ["SM4_", "SM1_"]) && plain.EndsWith("SM3", StringComparison.Ordinal) && !IsRsa(plain),
            KeyBits = isNull ? 0 : BitsOf(plain),
        };
    }

    /// <summary>SSL 2.0 knows no other key exchange, so that its names do not say it.</summary>
    private static bool IsRsa(string name) => name.StartsWith("RSA_", StringComparison.Ordinal) || name.StartsWith("CK_", StringComparison.Ordinal);

    private static bool Contains(string name, string[] words) => Array.Exists(words, w => name.Contains(w, StringComparison.Ordinal));

    private static string? MacOf(string name) => name[(name.LastIndexOf('_') + 1)..] switch
    {
        "MD5" => "MD5",
        "SHA" or "SHA1" or "2" => "SHA-1",
        "SHA256" => "SHA-256",
        "SHA384" => "SHA-384",
        "SM3" => "SM3",
        "56" or "40" => "MD5",
        "NULL" => null,
        var other => other,
    };

    private static int BitsOf(string name)
    {
        (string Word, int Bits)[] sizes =
        [
            ("_40", 40), ("DES40", 40), ("EXPORT40", 40), ("EXPORT1024", 56), ("_56", 56), ("3DES", 112), ("EDE3", 112), ("DES_", 56), ("RC4_64", 64),
            ("FORTEZZA", 80), ("CHACHA20", 256), ("_256", 256), ("KUZNYECHIK", 256), ("MAGMA", 256), ("28147", 256), ("_192", 192),
        ];
        var size = Array.Find(sizes, s => name.Contains(s.Word, StringComparison.Ordinal));
        return size.Bits == 0 ? 128 : size.Bits;
    }
}
