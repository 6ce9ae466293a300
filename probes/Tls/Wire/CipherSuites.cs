using System.Collections.Frozen;
using System.Net.Security;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Cipher suite numbers: what a hello offers, and what a number is called (IANA TLS parameters; GB/T 38636-2020 §6.4.5.2.1; RFC 8998).</summary>
internal static class CipherSuites
{
    /// <summary>TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 §3.3): a server must never select it.</summary>
    public const ushort RenegotiationInfoScsv = 0x00FF;

    private static readonly FrozenDictionary<ushort, string> Additions = new Dictionary<ushort, string>
    {
        [0x00C6] = "TLS_SM4_GCM_SM3",
        [0x00C7] = "TLS_SM4_CCM_SM3",
        [0x0060] = "TLS_RSA_EXPORT1024_WITH_RC4_56_MD5",
        [0x0062] = "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA",
        [0x0063] = "TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA",
        [0x0064] = "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA",
        [0x0065] = "TLS_DHE_DSS_EXPORT1024_WITH_RC4_56_SHA",
        [0x0066] = "TLS_DHE_DSS_WITH_RC4_128_SHA",
        [0xCC13] = "OLD_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        [0xCC14] = "OLD_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        [0xCC15] = "OLD_TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        [0xE001] = "ECDHE_SM1_SM3",
        [0xE003] = "ECC_SM1_SM3",
        [0xE005] = "IBSDH_SM1_SM3",
        [0xE007] = "IBC_SM1_SM3",
        [0xE009] = "RSA_SM1_SM3",
        [0xE00A] = "RSA_SM1_SHA1",
        [0xE011] = "ECDHE_SM4_CBC_SM3",
        [0xE013] = "ECC_SM4_CBC_SM3",
        [0xE015] = "IBSDH_SM4_CBC_SM3",
        [0xE017] = "IBC_SM4_CBC_SM3",
        [0xE019] = "RSA_SM4_CBC_SM3",
        [0xE01A] = "RSA_SM4_SHA1",
        [0xE01C] = "RSA_SM4_CBC_SHA256",
        [0xE051] = "ECDHE_SM4_GCM_SM3",
        [0xE053] = "ECC_SM4_GCM_SM3",
        [0xE055] = "IBSDH_SM4_GCM_SM3",
        [0xE057] = "IBC_SM4_GCM_SM3",
        [0xE059] = "RSA_SM4_GCM_SM3",
        [0xE05A] = "RSA_SM4_GCM_SHA256",
    }.ToFrozenDictionary();

    /// <summary>TLS 1.3 (RFC 8446 §B.4) and its SM suites (RFC 8998 §2).</summary>
    public static IReadOnlyList<ushort> Tls13 { get; } = [0x1302, 0x1301, 0x1303, 0x1304, 0x1305, 0x00C6, 0x00C7];

    /// <summary>TLCP 1.1 (GB/T 38636-2020 §6.4.5.2.1).</summary>
    public static IReadOnlyList<ushort> Tlcp { get; } =
        [0xE011, 0xE051, 0xE013, 0xE053, 0xE019, 0xE059, 0xE015, 0xE055, 0xE017, 0xE057, 0xE01C, 0xE05A];

    /// <summary>SM1 and SHA-1 suites of GM/T 0024-2014, which GB/T 38636-2020 dropped.</summary>
    public static IReadOnlyList<ushort> TlcpLegacy { get; } = [0xE001, 0xE003, 0xE005, 0xE007, 0xE009, 0xE00A, 0xE01A];

    /// <summary>What nearly every server up to TLS 1.2 has one of; at most 63, because some servers drop hellos with more than 64.</summary>
    public static IReadOnlyList<ushort> Common { get; } =
    [
        0xC02F, 0xC030, 0xC02B, 0xC02C, 0xCCA8, 0xCCA9, 0xC027, 0xC028, 0xC023, 0xC024, 0xC013, 0xC014, 0xC009, 0xC00A,
        0x009E, 0x009F, 0xCCAA, 0x0067, 0x006B, 0x0033, 0x0039, 0x009C, 0x009D, 0x003C, 0x003D, 0x002F, 0x0035,
        0xC012, 0xC008, 0x0016, 0x000A, 0xC011, 0xC007, 0x0005, 0x0004, 0x0041, 0x0084, 0x0045, 0x0088, 0x0096, 0x0007,
        0x0032, 0x0038, 0x00A2, 0x00A3, 0x0013, 0x0009, 0x0015, 0x0012, 0x0003, 0x0006, 0x0008, 0x0014, 0x0011,
        0x0002, 0x0001, 0x003B, 0x0064, 0x0062, 0xC006, 0xC010, 0xE013, 0xE011,
    ];

    /// <summary>The rest that is still met: anonymous, static (EC)DH, PSK, CCM, ARIA, Camellia with SHA-2, GOST-free; at most 63.</summary>
    public static IReadOnlyList<ushort> Rare { get; } =
    [
        0x0018, 0x001A, 0x001B, 0x0034, 0x003A, 0x006C, 0x006D, 0x00A6, 0x00A7, 0x0017, 0x0019, 0xC015, 0xC016, 0xC017, 0xC018, 0xC019,
        0xC001, 0xC003, 0xC004, 0xC005, 0xC00B, 0xC00D, 0xC00E, 0xC00F, 0xC02D, 0xC02E, 0xC031, 0xC032, 0xC09C, 0xC09D, 0xC09E, 0xC09F,
        0xC0A0, 0xC0A1, 0xC0A2, 0xC0A3, 0xC0AC, 0xC0AD, 0xC0AE, 0xC0AF, 0xC050, 0xC051, 0xC05C, 0xC05D, 0xC060, 0xC061,
        0xC072, 0xC073, 0xC076, 0xC077, 0x00BA, 0x00C0, 0x00BE, 0x00C4, 0x008C, 0x008D, 0x00A8, 0x00A9, 0xC035, 0xC036, 0xCC13, 0xCC14, 0x0063,
    ];

    /// <returns>The IANA or GB/T name, or <c>0x1234</c> for a number nobody registered.</returns>
    public static string NameOf(ushort suite) => Additions.TryGetValue(suite, out var name)
        ? name
        : Enum.GetName((TlsCipherSuite)suite) ?? $"0x{suite:X4}";
}
