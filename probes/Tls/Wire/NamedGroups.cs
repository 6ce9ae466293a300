namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Which kind of key agreement a group is.</summary>
public enum GroupKind
{
    EllipticCurve,

    /// <summary>curveSM2 (RFC 8998 §3.2).</summary>
    Sm2,

    /// <summary>Finite field (RFC 7919).</summary>
    FiniteField,

    /// <summary>A classic curve and ML-KEM or its drafts together.</summary>
    Hybrid,

    /// <summary>ML-KEM alone.</summary>
    PostQuantum,
    Unknown,
}

/// <summary>One NamedGroup (IANA TLS Supported Groups).</summary>
/// <param name="Number">On the wire.</param>
/// <param name="Name">Registered or customary.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Bits">Of the curve's field or the prime; of the classic part of a hybrid; null where it says nothing.</param>
internal sealed record NamedGroup(ushort Number, string Name, GroupKind Kind, int? Bits);

/// <summary>NamedGroups by number, and lists for hellos.</summary>
internal static class NamedGroups
{
    private static readonly string[] Binary =
    [
        "", "sect163k1", "sect163r1", "sect163r2", "sect193r1", "sect193r2", "sect233k1", "sect233r1", "sect239k1", "sect283k1", "sect283r1",
        "sect409k1", "sect409r1", "sect571k1", "sect571r1",
    ];

    private static readonly NamedGroup[] Known =
    [
        .. Binary.Select((n, i) => new NamedGroup((ushort)i, n, GroupKind.EllipticCurve, n.Length == 0 ? null : int.Parse(n[4..7], System.Globalization.CultureInfo.InvariantCulture))).Skip(1),
        Curve(15, "secp160k1", 160), Curve(16, "secp160r1", 160), Curve(17, "secp160r2", 160), Curve(18, "secp192k1", 192), Curve(19, "secp192r1", 192),
        Curve(20, "secp224k1", 224), Curve(21, "secp224r1", 224), Curve(22, "secp256k1", 256), Curve(23, "secp256r1", 256), Curve(24, "secp384r1", 384),
        Curve(25, "secp521r1", 521), Curve(26, "brainpoolP256r1", 256), Curve(27, "brainpoolP384r1", 384), Curve(28, "brainpoolP512r1", 512),
        Curve(29, "x25519", 255), Curve(30, "x448", 448), Curve(31, "brainpoolP256r1tls13", 256), Curve(32, "brainpoolP384r1tls13", 384),
        Curve(33, "brainpoolP512r1tls13", 512), Curve(34, "GC256A", 256), Curve(35, "GC256B", 256), Curve(36, "GC256C", 256), Curve(37, "GC256D", 256),
        Curve(38, "GC512A", 512), Curve(39, "GC512B", 512), Curve(40, "GC512C", 512),
        new(41, "curveSM2", GroupKind.Sm2, 256),
        Field(0x0100, 2048), Field(0x0101, 3072), Field(0x0102, 4096), Field(0x0103, 6144), Field(0x0104, 8192),
        new(0x0200, "MLKEM512", GroupKind.PostQuantum, null), new(0x0201, "MLKEM768", GroupKind.PostQuantum, null), new(0x0202, "MLKEM1024", GroupKind.PostQuantum, null),
        Both(0x11EB, "SecP256r1MLKEM768", 256), Both(0x11EC, "X25519MLKEM768", 255), Both(0x11ED, "SecP384r1MLKEM1024", 384), Both(0x11EE, "curveSM2MLKEM768", 256),
        Both(0x6399, "X25519Kyber768Draft00", 255), Both(0x639A, "SecP256r1Kyber768Draft00", 256), Both(0xFE30, "X25519Kyber512Draft00", 255),
        new(0xFF01, "arbitrary_explicit_prime_curves", GroupKind.Unknown, null), new(0xFF02, "arbitrary_explicit_char2_curves", GroupKind.Unknown, null),
    ];

    /// <summary>
    /// For TLS 1.3, rarest first and common last: a server that picks by its own order then shows at once that ours does not move it. Behind
    /// them the finite fields, which servers take all of or none.
    /// </summary>
    public static IReadOnlyList<ushort> ForTls13 { get; } =
    [
        33, 32, 31, 28, 27, 26, 22, 21, 19, 40, 39, 38, 37, 36, 35, 34, 0xFE30, 0x639A, 0x6399, 0x0200, 0x0201, 0x0202,
        0x11EE, 0x11ED, 0x11EB, 0x11EC, 41, 30, 25, 24, 23, 29, .. FiniteFields,
    ];

    /// <summary>RFC 7919, longest first; none of them is weak.</summary>
    public static IReadOnlyList<ushort> FiniteFields => [0x0104, 0x0103, 0x0102, 0x0101, 0x0100];

    /// <summary>
    /// For ECDHE up to TLS 1.2, in the same manner. No finite field among them: a server that knows RFC 7919 would show those and hide its own.
    /// </summary>
    public static IReadOnlyList<ushort> ForEcdhe { get; } =
    [
        15, 16, 17, 1, 2, 3, 4, 5, 18, 19, 6, 7, 8, 20, 21, 9, 10, 11, 12, 13, 14, 34, 35, 36, 37, 38, 39, 40, 22, 26, 27, 28, 41, 30, 25, 24, 23, 29,
    ];

    public static NamedGroup Of(ushort number) =>
        Array.Find(Known, g => g.Number == number) ?? new NamedGroup(number, $"0x{number:X4}", GroupKind.Unknown, null);

    private static NamedGroup Curve(ushort number, string name, int bits) => new(number, name, GroupKind.EllipticCurve, bits);

    private static NamedGroup Field(ushort number, int bits) => new(number, $"ffdhe{bits}", GroupKind.FiniteField, bits);

    private static NamedGroup Both(ushort number, string name, int bits) => new(number, name, GroupKind.Hybrid, bits);
}
