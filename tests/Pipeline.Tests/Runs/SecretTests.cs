using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>A secret goes onto the wire and nowhere else, however the other side sends it back.</summary>
public sealed class SecretTests : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData("Bearer abc+/def==ghi&<q>", "200")]
    [InlineData("Basic YWRtaW46cGFzc3cwcmQ+Pz8=", "200")]
    [InlineData("Basic YWRtaW46cGFzc3cwcmQ+Pz8=", "500")]
    [InlineData("Basic YWRtaW46cGFzc3cwcmQ+Pz8=", "501")]
    [InlineData("Bearer 令牌 with blanks\"quotes", "200")]
    [InlineData("plain-token-without-scheme", "500")]
    public async Task No_file_of_the_pack_holds_it_in_any_spelling(string secret, string status)
    {
        Environment.SetEnvironmentVariable("SECURITYCHECK_TEST_ECHO", secret);
        var spellings = Spellings(secret).ToList();
        var got = "";
        await using var server = new ScriptedServer(async c =>
        {
            var request = new byte[8192];
            got = Encoding.UTF8.GetString(request, 0, await c.Stream.ReadAsync(request, c.Stop));
            await c.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status} Echo\r\n"
                + string.Concat(spellings.Select((s, i) => $"X-Echo-{i}: {s}\r\nLocation: http://127.0.0.1/{s}?t={s}\r\nSet-Cookie: {s}={s}; Path=/{s}\r\nSet-Cookie: s{i}={s}\r\nAuthorization: {s}\r\n"))
                + "\r\n" + string.Join('\n', spellings.Select(s => $"<p>{s}</p> {{\"token\": \"{s}\"}}"))));
        });
        var result = await _runs.RunAsync(Runs.Yaml(Runs.Endpoint(server.Port, more: "  authorization: env:SECURITYCHECK_TEST_ECHO\n")));
        Assert.Contains($"Authorization: {secret}", got, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(result.Folder, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            foreach (var spelling in spellings)
            {
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(spelling)) < 0, $"{Path.GetRelativePath(result.Folder, file)}: {spelling}");
            }
        }

        var replayed = PackReader.ReadObservations(result.Folder);
        Assert.Null(replayed.Candidate.Endpoints[0].Authorization);
        Assert.Contains("authorization: env:SECURITYCHECK_TEST_ECHO", await File.ReadAllTextAsync(Path.Combine(result.Folder, "candidate.yaml")), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Spellings(string secret)
    {
        var credentials = secret[(secret.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        List<string> values = [secret, credentials];
        if (secret.StartsWith("Basic ", StringComparison.Ordinal))
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(credentials));
            values.AddRange([pair, pair.Split(':')[1]]);
        }

        return values.SelectMany(v => new[]
        {
            v, Uri.EscapeDataString(v), LowerDigits(Uri.EscapeDataString(v)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(v)), System.Net.WebUtility.HtmlEncode(v),
        }).Distinct(StringComparer.Ordinal);
    }

    private static string LowerDigits(string escaped) => string.Join('%', escaped.Split('%').Select((p, i) => i == 0 ? p : p[..2].ToLowerInvariant() + p[2..]));
}
