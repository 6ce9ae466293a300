using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>HAR 1.2 without secrets: no bodies, no cookies, no values of queries, and of headers those that say nothing of a person.</summary>
internal sealed partial class NetworkLog(TimeProvider clock)
{
    private const int Most = 5000;
    private static readonly string[] Kept = ["content-type", "content-length", "cache-control", "server", "strict-transport-security", "x-frame-options"];
    private readonly ConcurrentQueue<Func<Func<string, string>, object>> _entries = new();
    private readonly ConcurrentDictionary<string, byte> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether a page asked for anything there; browsers have errands of their own.</summary>
    /// <param name="host">host:port.</param>
    public bool Asks(string host) => _hosts.ContainsKey(host) || Count > Most;

    public void Listen(IBrowserContext context)
    {
        context.Request += (_, request) => Note(request.Url);

        // They are no requests to the browser.
        context.Page += (_, page) => page.WebSocket += (_, socket) => Note(socket.Url);
        context.Response += (_, response) => Add(response.Request, response.Status, response.Headers);
        context.RequestFailed += (_, request) => Add(request, 0, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    /// <param name="cover">An address without what is never shown.</param>
    public byte[] ToHar(Func<string, string> cover) => JsonSerializer.SerializeToUtf8Bytes(
        new { log = new { version = "1.2", creator = new { name = "securitycheck", version = "1" }, comment = Count > Most ? $"共 {Count} 条，只留前 {Most} 条" : "", entries = _entries.Select(e => e(cover)) } },
        ObservationJson.Compact);

    /// <summary>Names of a query stay, values go; so does what stands before the host, behind the page, or behind a semicolon, and long numbers of the path: they may be a person's.</summary>
    internal static string Plain(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "ws" or "wss"))
        {
            return url[..Math.Min(url.Length, Math.Max(0, url.IndexOf(':', StringComparison.Ordinal) + 1))];
        }

        var names = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.IndexOf('=', StringComparison.Ordinal) is > 0 and var end ? Digits().Replace(Parameters().Replace(p[..end], ""), "***") + "=***" : "***");
        var query = string.Join('&', names);
        return $"{uri.Scheme}://{uri.Authority}{Digits().Replace(Parameters().Replace(uri.AbsolutePath, ""), "***")}{(query.Length > 0 ? "?" + query : "")}";
    }

    /// <summary>A text whose addresses are plain.</summary>
    internal static string PlainIn(string text) => Addresses().Replace(text, m => Plain(m.Value));

    [GeneratedRegex("(?:;|%3[Bb])[^/]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameters();

    [GeneratedRegex("[0-9]{7,}[Xx]?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();

    [GeneratedRegex("(?:https?|wss?)://[^\\s\"'<>）]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Addresses();

    private void Note(string url)
    {
        if (_hosts.Count < Most && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0)
        {
            _hosts[$"{uri.IdnHost.Trim('[', ']')}:{uri.Port}"] = 0;
        }
    }

    private void Add(IRequest request, int status, IReadOnlyDictionary<string, string> headers)
    {
        if (Interlocked.Increment(ref _count) > Most)
        {
            return;
        }

        var timing = request.Timing;
        var (url, method, type, failure, at) = (Plain(request.Url), request.Method, request.ResourceType, status == 0 ? request.Failure ?? "" : "", clock.GetUtcNow());
        _entries.Enqueue(cover => new
        {
            startedDateTime = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            time = Math.Max(0, Math.Round(timing.ResponseStart)),
            request = new { method, url = cover(url), httpVersion = "", headers = Array.Empty<object>(), queryString = Array.Empty<object>(), cookies = Array.Empty<object>(), headersSize = -1, bodySize = -1 },
            response = new
            {
                status, statusText = PlainIn(failure), httpVersion = "", cookies = Array.Empty<object>(), redirectURL = "", headersSize = -1, bodySize = -1,
                headers = headers.Where(h => Kept.Contains(h.Key, StringComparer.OrdinalIgnoreCase)).Select(h => new { name = h.Key, value = h.Value }),
                content = new { size = -1, mimeType = headers.GetValueOrDefault("content-type", "") },
            },
            cache = new { },
            timings = new { send = 0, wait = Math.Max(0, Math.Round(timing.ResponseStart)), receive = 0 },
            _resourceType = type,
        });
    }
}
