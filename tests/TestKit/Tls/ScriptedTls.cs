namespace SmartCity.SecurityCheck.TestKit;

/// <summary>
/// What a scripted TLS server offers, as a first flight without any cryptography: enough for a scanner, nothing for a client. It picks
/// suites, groups and schemes as real servers do and turns away what it has not.
/// </summary>
public sealed record ScriptedTls
{
    private const byte HandshakeFailure = 40;
    private const byte ProtocolVersion = 70;
    private const ushort Tls13 = 0x0304;

    private static readonly byte[] RetryRandom = Convert.FromHexString("CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C");

    /// <summary>Wire version to suites, in the server's order.</summary>
    public required IReadOnlyDictionary<ushort, IReadOnlyList<ushort>> Suites { get; init; }

    /// <summary>False: the first of the client's that it has.</summary>
    public bool PrefersOwnOrder { get; init; } = true;

    /// <summary>Of TLS 1.3, in the server's order.</summary>
    public IReadOnlyList<ushort> Groups { get; init; } = [29, 23, 24];

    /// <summary>Of ECDHE, in the server's order.</summary>
    public IReadOnlyList<ushort> Curves { get; init; } = [29, 23];

    /// <summary>Of TLS 1.2, in the server's order.</summary>
    public IReadOnlyList<ushort> Schemes { get; init; } = [0x0804, 0x0401];

    /// <summary>Suites whose key exchange is ECDHE, besides the usual ones.</summary>
    public Func<ushort, bool> IsEcdhe { get; init; } = suite => suite is >= 0xC007 and <= 0xC014 or >= 0xC023 and <= 0xC030 or >= 0xCCA8 and <= 0xCCA9;

    /// <summary>Prime of DHE suites, big-endian.</summary>
    public byte[] Prime { get; init; } = [0xFF, .. new byte[127]];

    public Func<ushort, bool> IsDhe { get; init; } = suite => suite is 0x0016 or 0x0033 or 0x0039 or 0x0067 or 0x006B or 0x009E or 0x009F or 0xCCAA;

    public IReadOnlyList<byte[]> Certificates { get; init; } = [[0x30, 0]];

    public bool AsksForClientCertificate { get; init; }

    /// <summary>Extensions of the ServerHello up to TLS 1.2.</summary>
    public byte[] HelloExtensions { get; init; } = [];

    /// <summary>Bytes of handshake a record.</summary>
    public int RecordSize { get; init; } = 16384;

    /// <summary>The flight that answers a hello.</summary>
    public byte[] Answer(HelloSeen hello)
    {
        if (Version(hello) is not { } version)
        {
            return Alert(ProtocolVersion);
        }

        if (Pick(Suites[version], hello.Suites, PrefersOwnOrder) is not { } suite)
        {
            return Alert(HandshakeFailure);
        }

        if (version == Tls13)
        {
            return Pick(Groups, hello.Groups, prefersOwn: true) is { } group ? Retry(suite, group) : Alert(HandshakeFailure);
        }

        if (IsEcdhe(suite) && hello.Groups.Count > 0 && Pick(Curves, hello.Groups, prefersOwn: true) is null)
        {
            // As real servers do: without a curve the suite is not there.
            var others = new HashSet<ushort>(hello.Suites.Where(s => !IsEcdhe(s)));
            return Pick(Suites[version], [.. others], prefersOwn: true) is { } other ? Flight(version, other, hello) : Alert(HandshakeFailure);
        }

        return Flight(version, suite, hello);
    }

    public static byte[] Alert(byte description) => [21, 3, 3, 0, 2, 2, description];

    private static ushort? Pick(IReadOnlyList<ushort> own, IReadOnlyList<ushort> offered, bool prefersOwn)
    {
        var (first, second) = prefersOwn ? (own, offered) : (offered, own);
        return first.Where(second.ToHashSet().Contains).Select(n => (ushort?)n).FirstOrDefault();
    }

    private ushort? Version(HelloSeen hello)
    {
        if (hello.RecordVersion == 0x0101)
        {
            return Suites.ContainsKey(0x0101) ? 0x0101 : null;
        }

        if (hello.AsksForTls13 && Suites.ContainsKey(Tls13))
        {
            return Tls13;
        }

        if (hello.AsksForTls13)
        {
            return null;
        }

        return Suites.Keys.Where(v => v >= 0x0300 && v <= hello.HelloVersion && v != Tls13).Select(v => (ushort?)v).Max();
    }

    private byte[] Retry(ushort suite, ushort group) =>
        Records(0x0303, Message(2, [3, 3, .. RetryRandom, 0, .. Two(suite), 0, 0, 12, 0, 43, 0, 2, 3, 4, 0, 51, 0, 2, .. Two(group)]));

    private byte[] Flight(ushort version, ushort suite, HelloSeen hello)
    {
        byte[] extensions = HelloExtensions.Length == 0 ? [] : [.. Two((ushort)HelloExtensions.Length), .. HelloExtensions];
        var flight = new List<byte>(Message(2, [.. Two(version), .. new byte[32], 0, .. Two(suite), 0, .. extensions]));
        flight.AddRange(Message(11, Vector(3, [.. Certificates.SelectMany(c => Vector(3, c))])));
        byte[] signature = version == 0x0303 && Pick(Schemes, hello.Schemes, prefersOwn: true) is { } scheme ? [.. Two(scheme), 0, 2, 1, 2] : [0, 2, 1, 2];
        if (version == 0x0303 && hello.Schemes.Count > 0 && (IsEcdhe(suite) || IsDhe(suite)) && Pick(Schemes, hello.Schemes, prefersOwn: true) is null)
        {
            return Alert(HandshakeFailure);
        }

        if (IsEcdhe(suite))
        {
            var curve = hello.Groups.Count == 0 ? Curves[0] : Pick(Curves, hello.Groups, prefersOwn: true)!.Value;
            flight.AddRange(Message(12, [3, .. Two(curve), 65, 4, .. new byte[64], .. signature]));
        }
        else if (IsDhe(suite))
        {
            flight.AddRange(Message(12, [.. Vector(2, Prime), .. Vector(2, [2]), .. Vector(2, [5]), .. signature]));
        }

        if (AsksForClientCertificate)
        {
            flight.AddRange(Message(13, version == 0x0303 ? [1, 1, 0, 2, 4, 1, 0, 0] : [1, 1, 0, 0]));
        }

        flight.AddRange(Message(14, []));
        return Records(version, [.. flight]);
    }

    private byte[] Records(ushort version, byte[] handshake) =>
        [.. handshake.Chunk(RecordSize).SelectMany(piece => (byte[])[22, .. Two(version), .. Two((ushort)piece.Length), .. piece])];

    private static byte[] Message(byte type, byte[] body) => [type, .. Vector(3, body)];

    private static byte[] Vector(int lengthBytes, byte[] content) => [.. Enumerable.Range(0, lengthBytes).Reverse().Select(i => (byte)(content.Length >> (8 * i))), .. content];

    private static byte[] Two(ushort number) => [(byte)(number >> 8), (byte)number];
}
