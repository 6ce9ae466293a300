namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>A ServerHello (RFC 5246 §7.4.1.3, RFC 8446 §4.1.3, GB/T 38636-2020 §6.4.5.2.2).</summary>
internal sealed record ServerHello
{
    /// <summary>SHA-256 of "HelloRetryRequest" in the random (RFC 8446 §4.1.3).</summary>
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    private const int MaxSessionIdLength = 32;

    /// <summary>server_version; 0x0303 in TLS 1.3 too.</summary>
    public required ushort LegacyVersion { get; init; }

    /// <summary>32 bytes.</summary>
    public required ReadOnlyMemory<byte> Random { get; init; }

    public required ReadOnlyMemory<byte> SessionId { get; init; }

    public required ushort Suite { get; init; }

    public required byte Compression { get; init; }

    /// <summary>Type and content, in the order sent.</summary>
    public required IReadOnlyList<KeyValuePair<ushort, ReadOnlyMemory<byte>>> Extensions { get; init; }

    /// <summary>The version selected: supported_versions where it is there, else <see cref="LegacyVersion"/>.</summary>
    public ushort Version => Number(ExtensionType.SupportedVersions) ?? LegacyVersion;

    /// <summary>True for a HelloRetryRequest, which proves TLS 1.3 as well as a ServerHello does.</summary>
    public bool IsRetryRequest => Random.Span.SequenceEqual(RetryRandom);

    /// <summary>NamedGroup of key_share; null where there is none.</summary>
    public ushort? SelectedGroup => Number(ExtensionType.KeyShare);

    public bool Has(ExtensionType type) => Extensions.Any(e => e.Key == (ushort)type);

    /// <exception cref="MalformedFlightException">Not a ServerHello.</exception>
    public static ServerHello Parse(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var version = reader.UInt16();
        var random = reader.Take(32).ToArray();
        var session = reader.Vector(1);
        if (session.Length > MaxSessionIdLength)
        {
            throw new MalformedFlightException($"ServerHello 的会话标识有 {session.Length} 字节，上限 {MaxSessionIdLength}");
        }

        var hello = new ServerHello
        {
            LegacyVersion = version,
            Random = random,
            SessionId = session.ToArray(),
            Suite = reader.UInt16(),
            Compression = reader.Byte(),
            Extensions = reader.IsEmpty ? [] : ParseExtensions(reader.Vector(2)),
        };
        return hello;
    }

    private static List<KeyValuePair<ushort, ReadOnlyMemory<byte>>> ParseExtensions(ReadOnlySpan<byte> block)
    {
        var found = new List<KeyValuePair<ushort, ReadOnlyMemory<byte>>>();
        var reader = new WireReader(block);
        while (!reader.IsEmpty)
        {
            var type = reader.UInt16();
            found.Add(new(type, reader.Vector(2).ToArray()));
        }

        return found;
    }

    private ushort? Number(ExtensionType type)
    {
        foreach (var (found, content) in Extensions)
        {
            if (found == (ushort)type && content.Length >= 2)
            {
                return (ushort)((content.Span[0] << 8) | content.Span[1]);
            }
        }

        return null;
    }
}
