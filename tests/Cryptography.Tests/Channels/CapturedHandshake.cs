using System.Text.Json;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>
/// A handshake between two foreign stacks (Tongsuo 8.5, gotlcp) with its secrets, as files under Fixtures/Handshakes hold them. The keys
/// were made for the capture and thrown away.
/// </summary>
internal sealed class CapturedHandshake : IDisposable
{
    private readonly JsonDocument _document;

    private CapturedHandshake(JsonDocument document) => _document = document;

    private JsonElement Root => _document.RootElement;

    public ushort Suite => Convert.ToUInt16(Root.GetProperty("suite").GetString(), 16);

    public byte[] Certificate(int position) => Convert.FromHexString(Root.GetProperty("certificates")[position].GetString()!);

    public static IEnumerable<string> Names(string prefix) =>
        Directory.EnumerateFiles(Fixture.Path("Handshakes"), prefix + "*.json").Select(f => System.IO.Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal).OfType<string>();

    public static CapturedHandshake Load(string name) => new(JsonDocument.Parse(File.ReadAllText(Fixture.Path($"Handshakes/{name}.json"))));

    public byte[] Bytes(string field) => Convert.FromHexString(Root.GetProperty(field).GetString()!);

    public byte[] KeyLog(string label) => Convert.FromHexString(Root.GetProperty("keylog").GetProperty(label).GetString()!);

    public bool Has(string field) => Root.TryGetProperty(field, out _);

    public IReadOnlyList<(byte Type, byte[] Data)> Records(bool ofClient) =>
        [.. Root.GetProperty(ofClient ? "client_records" : "server_records").EnumerateArray().Select(r => (r.GetProperty("type").GetByte(), Convert.FromHexString(r.GetProperty("data").GetString()!)))];

    /// <summary>The plaintext handshake bytes of one side before its ChangeCipherSpec.</summary>
    public byte[] PlainHandshake(bool ofClient) =>
        [.. Records(ofClient).TakeWhile(r => r.Type != 20).Where(r => r.Type == 22).SelectMany(r => r.Data)];

    /// <summary>The records of one side behind its ChangeCipherSpec.</summary>
    public IReadOnlyList<(byte Type, byte[] Data)> Protected(bool ofClient) => [.. Records(ofClient).SkipWhile(r => r.Type != 20).Skip(1)];

    public void Dispose() => _document.Dispose();
}
