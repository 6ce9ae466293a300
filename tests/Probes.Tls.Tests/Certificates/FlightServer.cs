using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Servers that send given certificates in plaintext flights: no library refuses to load the bad ones.</summary>
internal static class FlightServer
{
    public static ScriptedServer Tls(IReadOnlyList<byte[]> certificates, byte[]? staple = null) => new(async connection =>
    {
        var hello = await connection.ReadRecordAsync();
        var speaksTls12 = hello is [22, 3, _, _, _, 1, _, _, _, 3, 3, ..] && hello.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 43, 0, 3, 2, 3, 4]) < 0;
        var asksForStaple = hello.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 5, 0, 5, 1, 0, 0, 0, 0]) >= 0;
        await connection.SendAsync(speaksTls12 ? Flight(0x0303, 0xC02F, certificates, asksForStaple ? staple : null) : WireBytes.Alert(70));
        await connection.LingerAsync();
    });

    public static ScriptedServer Tlcp(IReadOnlyList<byte[]> certificates) => new(async connection =>
    {
        var hello = await connection.ReadRecordAsync();
        await connection.SendAsync(hello[1] == 1 ? Flight(0x0101, 0xE013, certificates, null) : WireBytes.Alert(70));
        await connection.LingerAsync();
    });

    /// <summary>What the probes see of a port on the day the forged certificates are made for.</summary>
    public static async Task<IReadOnlyList<JsonElement>> SeenAsync(
        int port, IReadOnlyList<IProbe> probes, IReadOnlyList<ForgedCertificate> roots, TrustMaterial? trust = null, IReadOnlyList<Endpoint>? alsoInScope = null, string name = "gov.test.lab")
    {
        var endpoint = ProbeContexts.Local(port, serverName: name) with { Trust = trust ?? TrustMaterial.None };
        var context = ProbeContexts.For(new KeptEvidence(), [endpoint, .. alsoInScope ?? []]).At(CertificateForm.Now, roots);
        var seen = new List<JsonElement>();
        foreach (var probe in probes)
        {
            var outcome = await probe.ObserveAsync(endpoint, context, CancellationToken.None);
            Assert.True(outcome is Observed, $"{outcome}");
            var observation = Assert.Single(((Observed)outcome).Observations);
            Assert.NotEmpty(observation.Evidence);
            seen.Add(observation.Data);
        }

        return seen;
    }

    public static SuppliedFile File(this ForgedCertificate certificate) => new($"{certificate.Form.Subject}.der", certificate.Der);

    public static string? Text(this JsonElement record, string path)
    {
        foreach (var step in path.Split('.'))
        {
            if (record.ValueKind == JsonValueKind.Array)
            {
                record = record[int.Parse(step)];
            }
            else if (!record.TryGetProperty(step, out record))
            {
                return "missing";
            }
        }

        return record.ValueKind == JsonValueKind.Array ? string.Join(' ', record.EnumerateArray()) : record.ValueKind == JsonValueKind.Null ? null : record.ToString();
    }

    private static byte[] Flight(ushort version, ushort suite, IReadOnlyList<byte[]> certificates, byte[]? staple)
    {
        byte[] list = [.. certificates.SelectMany(c => (byte[])[.. Length3(c.Length), .. c])];
        byte[] status = staple is null ? [] : [1, .. Length3(staple.Length), .. staple];
        byte[] messages = [.. Message(11, [.. Length3(list.Length), .. list]), .. staple is null ? [] : Message(22, status), .. Message(14, [])];
        return [.. WireBytes.ServerHello(version, suite), .. messages.Chunk(8000).SelectMany(piece => WireBytes.Record(22, version, piece))];
    }

    private static byte[] Message(byte type, byte[] body) => [type, .. Length3(body.Length), .. body];

    private static byte[] Length3(int length) => [(byte)(length >> 16), (byte)(length >> 8), (byte)length];
}
