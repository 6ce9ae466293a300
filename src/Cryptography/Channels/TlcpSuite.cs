namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A cipher suite of TLCP 1.1 that this library completes (GB/T 38636-2020 table 2): SM2 with SM4 and SM3.</summary>
/// <param name="Id">As on the wire.</param>
/// <param name="IsEphemeral">ECDHE: SM2 key exchange with the client's encryption certificate; else ECC: the premaster is encrypted.</param>
/// <param name="IsGcm">SM4-GCM; else SM4-CBC with HMAC-SM3.</param>
public sealed record TlcpSuite(ushort Id, bool IsEphemeral, bool IsGcm)
{
    /// <summary>0x0101, in records and in messages.</summary>
    public const ushort WireVersion = 0x0101;

    /// <summary>curveSM2 in ECParameters; receivers ignore it (GB/T 38636-2020 §6.4.5.4).</summary>
    public const ushort CurveSm2 = 41;

    public static IReadOnlyList<TlcpSuite> All { get; } =
        [new(0xE053, false, true), new(0xE013, false, false), new(0xE051, true, true), new(0xE011, true, false)];

    /// <returns>Null for suites this library does not complete.</returns>
    public static TlcpSuite? Find(ushort id) => All.FirstOrDefault(s => s.Id == id);
}
