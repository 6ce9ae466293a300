using System.Text.Json;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>A server's plaintext flight as it was captured from a real stack (Tongsuo 8.5, gotlcp as client).</summary>
internal sealed record CapturedFlight(string Suite, string ServerHelloVersion, IReadOnlyList<CapturedRecord> ServerRecords, IReadOnlyList<string>? Certificates = null, string? ClientRandom = null)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<string> Names { get; } =
    [
        "tlcp-tongsuo-ecc.E013.gotlcp", "tlcp-tongsuo-all.E011.tongsuo", "tlcp-tongsuo-ecc.E053.tongsuo",
        "tls13-sm-only.00C6.tongsuo", "tls13-pq.1302.tongsuo", "tls13-sm-hybrid.tongsuo",
    ];

    public static CapturedFlight Load(string name) =>
        JsonSerializer.Deserialize<CapturedFlight>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", name + ".json")), Options)!;

    /// <summary>As captured.</summary>
    public byte[] Bytes() => [.. ServerRecords.SelectMany(r => WireBytes.Record((byte)r.Type, Convert.ToUInt16(r.Version, 16), Convert.FromHexString(r.Data)))];

    /// <summary>The handshake messages in records of at most <paramref name="size"/> bytes.</summary>
    public byte[] Refragmented(int size)
    {
        var version = Convert.ToUInt16(ServerRecords[0].Version, 16);
        var messages = ServerRecords.SelectMany(r => Convert.FromHexString(r.Data));
        return [.. messages.Chunk(size).SelectMany(piece => WireBytes.Record(22, version, piece))];
    }
}

internal sealed record CapturedRecord(int Type, string Version, string Data);

internal static class WireBytes
{
    public static byte[] Record(byte type, ushort version, ReadOnlySpan<byte> data) =>
        [type, (byte)(version >> 8), (byte)version, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    public static byte[] Alert(byte description, ushort version = 0x0303) => Record(21, version, [2, description]);

    /// <summary>A TLS 1.2 ServerHello that selects what it is told, as one record.</summary>
    public static byte[] ServerHello(ushort version, ushort suite, params ReadOnlySpan<byte> extensions)
    {
        byte[] block = extensions.IsEmpty ? [] : [(byte)(extensions.Length >> 8), (byte)extensions.Length, .. extensions];
        byte[] body = [(byte)(version >> 8), (byte)version, .. new byte[32], 0, (byte)(suite >> 8), (byte)suite, 0, .. block];
        return Record(22, version, [2, 0, 0, (byte)body.Length, .. body]);
    }
}
