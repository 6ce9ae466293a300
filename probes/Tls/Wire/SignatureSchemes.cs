namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>SignatureScheme and the hash and signature pairs before it (IANA TLS SignatureScheme; RFC 5246 §7.4.1.4.1).</summary>
internal static class SignatureSchemes
{
    /// <summary>sm2sig_sm3 (RFC 8998 §3.2.1).</summary>
    public const ushort Sm2 = 0x0708;

    private static readonly string[] Hashes = ["none", "md5", "sha1", "sha224", "sha256", "sha384", "sha512"];
    private static readonly string[] Signatures = ["anonymous", "rsa_pkcs1", "dsa", "ecdsa"];

    /// <summary>MD5 or SHA-1, which RFC 9155 forbids.</summary>
    public static IReadOnlyList<ushort> Broken { get; } = [0x0101, 0x0102, 0x0103, 0x0201, 0x0202, 0x0203];

    /// <summary>Every one a server may sign a key exchange of TLS 1.2 with; weak ones first.</summary>
    public static IReadOnlyList<ushort> All { get; } =
    [
        .. Broken, 0x0301, 0x0302, 0x0303, 0x0402, 0x0502, 0x0602, 0x0904, 0x0905, 0x0906, 0x081A, 0x081B, 0x081C, 0x0704, 0x0708,
        0x0601, 0x0501, 0x0401, 0x080B, 0x080A, 0x0809, 0x0806, 0x0805, 0x0804, 0x0603, 0x0503, 0x0403, 0x0808, 0x0807,
    ];

    /// <summary>rsa, ecdsa, ed25519, sm2sig …: schemes of one word are signed with one kind of key.</summary>
    public static string KeyOf(ushort scheme) => NameOf(scheme).Split('_')[0];

    public static string NameOf(ushort scheme) => scheme switch
    {
        0x0403 => "ecdsa_secp256r1_sha256",
        0x0503 => "ecdsa_secp384r1_sha384",
        0x0603 => "ecdsa_secp521r1_sha512",
        0x0704 => "sm2sig_sm3_old",
        0x0708 => "sm2sig_sm3",
        0x0804 => "rsa_pss_rsae_sha256",
        0x0805 => "rsa_pss_rsae_sha384",
        0x0806 => "rsa_pss_rsae_sha512",
        0x0807 => "ed25519",
        0x0808 => "ed448",
        0x0809 => "rsa_pss_pss_sha256",
        0x080A => "rsa_pss_pss_sha384",
        0x080B => "rsa_pss_pss_sha512",
        0x081A => "ecdsa_brainpoolP256r1tls13_sha256",
        0x081B => "ecdsa_brainpoolP384r1tls13_sha384",
        0x081C => "ecdsa_brainpoolP512r1tls13_sha512",
        0x0904 => "mldsa44",
        0x0905 => "mldsa65",
        0x0906 => "mldsa87",
        _ when scheme >> 8 < Hashes.Length && (scheme & 0xFF) < Signatures.Length => $"{Signatures[scheme & 0xFF]}_{Hashes[scheme >> 8]}",
        _ => $"0x{scheme:X4}",
    };
}
