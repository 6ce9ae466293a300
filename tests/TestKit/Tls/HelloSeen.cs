using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary>A ClientHello as a server of a test reads it; only hellos of our own tool come here, so that nothing is checked.</summary>
public sealed class HelloSeen
{
    private const ushort SupportedVersions = 43;
    private const ushort SupportedGroups = 10;
    private const ushort ServerName = 0;
    private const ushort SignatureAlgorithms = 13;

    private HelloSeen(byte[] record)
    {
        Record = record;
        RecordVersion = BinaryPrimitives.ReadUInt16BigEndian(record.AsSpan(1));
        var body = record.AsSpan(9);
        HelloVersion = BinaryPrimitives.ReadUInt16BigEndian(body);
        body = body[34..];
        body = body[(1 + body[0])..];
        Suites = Numbers(body, out body);
        Compressions = body.Slice(1, body[0]).ToArray();
        body = body[(1 + body[0])..];
        var found = new Dictionary<ushort, byte[]>();
        if (body.Length >= 2)
        {
            for (body = body[2..]; body.Length >= 4;)
            {
                var length = BinaryPrimitives.ReadUInt16BigEndian(body[2..]);
                found[BinaryPrimitives.ReadUInt16BigEndian(body)] = body.Slice(4, length).ToArray();
                body = body[(4 + length)..];
            }
        }

        Extensions = found;
    }

    public byte[] Record { get; }

    public ushort RecordVersion { get; }

    public ushort HelloVersion { get; }

    public IReadOnlyList<ushort> Suites { get; }

    public IReadOnlyList<byte> Compressions { get; }

    public IReadOnlyDictionary<ushort, byte[]> Extensions { get; }

    /// <summary>Of the message with its header.</summary>
    public int Length => Record.Length - 5;

    public bool HasServerName => Extensions.ContainsKey(ServerName);

    public bool AsksForTls13 => Extensions.TryGetValue(SupportedVersions, out var content) && content.AsSpan(1).IndexOf((ReadOnlySpan<byte>)[3, 4]) >= 0;

    public bool HasSupportedVersions => Extensions.ContainsKey(SupportedVersions);

    public IReadOnlyList<ushort> Groups => Extensions.TryGetValue(SupportedGroups, out var content) ? Numbers(content, out _) : [];

    public IReadOnlyList<ushort> Schemes => Extensions.TryGetValue(SignatureAlgorithms, out var content) ? Numbers(content, out _) : [];

    /// <returns>Null where the record is no ClientHello of SSL 3.0 and later.</returns>
    public static HelloSeen? Of(byte[] record) => record.Length > 44 && record[0] == 22 && record[5] == 1 ? new HelloSeen(record) : null;

    private static ushort[] Numbers(ReadOnlySpan<byte> vector, out Span<byte> rest)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(vector);
        var numbers = new ushort[length / 2];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadUInt16BigEndian(vector[(2 + (2 * i))..]);
        }

        rest = vector[(2 + length)..].ToArray();
        return numbers;
    }
}
