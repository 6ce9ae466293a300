using System.Collections.Frozen;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Numbers that were never registered, that the platform does not list, or that some vendor took for itself; and their names.</summary>
internal static class UnlistedSuites
{
    public static FrozenDictionary<ushort, string> Names { get; } = new Dictionary<ushort, string>
    {
        // RFC 8998, draft-irtf-cfrg-aegis-aead, RFC 9150.
        [0x00C6] = "TLS_SM4_GCM_SM3",
        [0x00C7] = "TLS_SM4_CCM_SM3",
        [0x1306] = "TLS_AEGIS_256_SHA512",
        [0x1307] = "TLS_AEGIS_128L_SHA256",
        [0xC0B4] = "TLS_SHA256_SHA256",
        [0xC0B5] = "TLS_SHA384_SHA384",

        // draft-ietf-tls-56-bit-ciphersuites.
        [0x0060] = "TLS_RSA_EXPORT1024_WITH_RC4_56_MD5",
        [0x0061] = "TLS_RSA_EXPORT1024_WITH_RC2_CBC_56_MD5",
        [0x0062] = "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA",
        [0x0063] = "TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA",
        [0x0064] = "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA",
        [0x0065] = "TLS_DHE_DSS_EXPORT1024_WITH_RC4_56_SHA",
        [0x0066] = "TLS_DHE_DSS_WITH_RC4_128_SHA",

        // RFC 6101 §A.6 and Netscape's own.
        [0x001C] = "SSL_FORTEZZA_KEA_WITH_NULL_SHA",
        [0x001D] = "SSL_FORTEZZA_KEA_WITH_FORTEZZA_CBC_SHA",
        [0xFEFE] = "SSL_RSA_FIPS_WITH_DES_CBC_SHA",
        [0xFEFF] = "SSL_RSA_FIPS_WITH_3DES_EDE_CBC_SHA",
        [0xFFE0] = "SSL_RSA_FIPS_WITH_3DES_EDE_CBC_SHA_2",
        [0xFFE1] = "SSL_RSA_FIPS_WITH_DES_CBC_SHA_2",

        // RFC 9189, RFC 9367 and the numbers GOST had before.
        [0xC100] = "TLS_GOSTR341112_256_WITH_KUZNYECHIK_CTR_OMAC",
        [0xC101] = "TLS_GOSTR341112_256_WITH_MAGMA_CTR_OMAC",
        [0xC102] = "TLS_GOSTR341112_256_WITH_28147_CNT_IMIT",
        [0xC103] = "TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_L",
        [0xC104] = "TLS_GOSTR341112_256_WITH_MAGMA_MGM_L",
        [0xC105] = "TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_S",
        [0xC106] = "TLS_GOSTR341112_256_WITH_MAGMA_MGM_S",
        [0x0080] = "TLS_GOSTR341094_WITH_28147_CNT_IMIT",
        [0x0081] = "TLS_GOSTR341001_WITH_28147_CNT_IMIT",
        [0x0082] = "TLS_GOSTR341094_WITH_NULL_GOSTR3411",
        [0x0083] = "TLS_GOSTR341001_WITH_NULL_GOSTR3411",
        [0xFF85] = "TLS_GOSTR341112_256_WITH_28147_CNT_IMIT_DRAFT",
        [0xFF87] = "TLS_GOSTR341112_256_WITH_NULL_GOSTR3411",

        // Drafts that browsers shipped.
        [0xCC13] = "OLD_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        [0xCC14] = "OLD_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        [0xCC15] = "OLD_TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        [0x16B7] = "TLS_CECPQ1_RSA_WITH_CHACHA20_POLY1305_SHA256",
        [0x16B8] = "TLS_CECPQ1_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        [0x16B9] = "TLS_CECPQ1_RSA_WITH_AES_256_GCM_SHA384",
        [0x16BA] = "TLS_CECPQ1_ECDSA_WITH_AES_256_GCM_SHA384",

        // GB/T 38636-2020 §6.4.5.2.1.
        [0xE011] = "ECDHE_SM4_CBC_SM3",
        [0xE013] = "ECC_SM4_CBC_SM3",
        [0xE015] = "IBSDH_SM4_CBC_SM3",
        [0xE017] = "IBC_SM4_CBC_SM3",
        [0xE019] = "RSA_SM4_CBC_SM3",
        [0xE01C] = "RSA_SM4_CBC_SHA256",
        [0xE051] = "ECDHE_SM4_GCM_SM3",
        [0xE053] = "ECC_SM4_GCM_SM3",
        [0xE055] = "IBSDH_SM4_GCM_SM3",
        [0xE057] = "IBC_SM4_GCM_SM3",
        [0xE059] = "RSA_SM4_GCM_SM3",
        [0xE05A] = "RSA_SM4_GCM_SHA256",

        // GM/T 0024-2014, dropped by its successor.
        [0xE001] = "ECDHE_SM1_SM3",
        [0xE003] = "ECC_SM1_SM3",
        [0xE005] = "IBSDH_SM1_SM3",
        [0xE007] = "IBC_SM1_SM3",
        [0xE009] = "RSA_SM1_SM3",
        [0xE00A] = "RSA_SM1_SHA1",
        [0xE01A] = "RSA_SM4_SHA1",
    }.ToFrozenDictionary();

    /// <summary>Numbers one library took for its own SM suites; what exactly they stand for is not published.</summary>
    public static IReadOnlyList<ushort> Private { get; } =
        [0xE101, 0xE102, 0xE103, 0xE104, 0xE105, 0xE106, 0xE107, 0xE108, 0xE109, 0xE10A, 0xE10B, 0xE10C, 0xE10D, 0xF101, 0xF120];

    /// <summary>Numbers of withdrawn drafts (draft-ietf-tls-ecc-01, draft-ietf-tls-openpgp-keys-05) that no server is known to select.</summary>
    public static IReadOnlyList<ushort> Withdrawn { get; } =
    [
        0x0047, 0x0048, 0x0049, 0x004A, 0x004B, 0x004C, 0x004D, 0x004E, 0x004F, 0x0050, 0x0051, 0x0052, 0x0053, 0x0054, 0x0055, 0x0056, 0x0057,
        0x0058, 0x0059, 0x005A, 0x005B, 0x005C, 0x0072, 0x0073, 0x0074, 0x0077, 0x0078, 0x0079, 0x007C, 0x007D, 0x007E,
    ];
}
