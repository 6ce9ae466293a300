namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>NamedGroup numbers by name (IANA TLS Supported Groups).</summary>
internal static class NamedGroups
{
    /// <returns>The registered name, or <c>0x1234</c>.</returns>
    public static string NameOf(ushort group) => group switch
    {
        23 => "secp256r1",
        24 => "secp384r1",
        25 => "secp521r1",
        29 => "x25519",
        30 => "x448",
        41 => "curveSM2",
        0x11EB => "SecP256r1MLKEM768",
        0x11EC => "X25519MLKEM768",
        0x11ED => "SecP384r1MLKEM1024",
        0x11EE => "curveSM2MLKEM768",
        _ => $"0x{group:X4}",
    };
}
