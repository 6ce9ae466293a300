using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <param name="Method">GET or POST.</param>
/// <param name="Path">With its query.</param>
/// <param name="Cookie">Value of the header; empty where there is none.</param>
/// <param name="Body">Form or upload, as Latin-1.</param>
internal sealed record Asked(string Method, string Path, string Cookie, string Body);

/// <param name="Body">HTML, or what is downloaded.</param>
/// <param name="Status">HTTP.</param>
/// <param name="Headers">More lines, each with CRLF.</param>
/// <param name="Type">Media type.</param>
internal sealed record Page(string Body, int Status = 200, string Headers = "", string Type = "text/html; charset=utf-8");

/// <summary>Pages on a free port of 127.0.0.1.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly ScriptedServer _server;

    public PageServer(Func<Asked, Task<Page>> answer) => _server = new ScriptedServer(async connection =>
    {
        if (await ReadAsync(connection) is { } asked)
        {
            var page = await answer(asked);
            var body = Encoding.UTF8.GetBytes(page.Body);
            await connection.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {page.Status} X\r\nContent-Type: {page.Type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{page.Headers}\r\n"));
            await connection.SendAsync(body);
        }
    });

    public PageServer(Func<Asked, Page> answer)
        : this(asked => Task.FromResult(answer(asked)))
    {
    }

    public int Port => _server.Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public int Accepted => _server.Accepted;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<Asked?> ReadAsync(ScriptedConnection connection)
    {
        var text = new StringBuilder();
        var buffer = new byte[65536];
        while (true)
        {
            var length = await connection.Stream.ReadAsync(buffer, connection.Stop);
            if (length == 0)
            {
                return null;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, length));
            var said = text.ToString();
            var end = said.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
            {
                continue;
            }

            var lines = said[..end].Split("\r\n");
            string Header(string name) => lines.FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) is { } line ? line[(name.Length + 1)..].Trim() : "";
            if (said.Length - end - 4 < (int.TryParse(Header("Content-Length"), out var bytes) ? bytes : 0))
            {
                continue;
            }

            var first = lines[0].Split(' ');
            return new Asked(first[0], Uri.UnescapeDataString(first[1]), Header("Cookie"), said[(end + 4)..]);
        }
    }
}
