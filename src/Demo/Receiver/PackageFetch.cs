using System.Net;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Fetches a package from the address its sender gave: from this machine, or from where the user allowed.</summary>
internal sealed class PackageFetch : IDisposable
{
    private static readonly TimeSpan Cap = TimeSpan.FromMinutes(10);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly HashSet<string> _allowed;

    public PackageFetch(IEnumerable<string> allowed) => _allowed = new HashSet<string>(allowed, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidDataException">The address is none, is not allowed, or gives no package.</exception>
    public async Task<TransferDigest> GetAsync(string url, Func<Stream, Task<TransferDigest>> take, CancellationToken stop)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new InvalidDataException("url 不是 http(s) 网址");
        }

        if (!(IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)) && !_allowed.Contains($"{address.Host}:{address.Port}"))
        {
            throw new InvalidDataException($"不从 {address.Host}:{address.Port} 取包：只取本机的，或 --pull-from 列出的");
        }

        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(Cap);
        try
        {
            using var response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, bounded.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? await take(await response.Content.ReadAsStreamAsync(bounded.Token))
                : throw new InvalidDataException($"取包时对方答 {(int)response.StatusCode}");
        }
        catch (HttpRequestException trouble)
        {
            throw new InvalidDataException($"取包失败：{trouble.HttpRequestError}", trouble);
        }
        catch (OperationCanceledException late) when (!stop.IsCancellationRequested)
        {
            throw new InvalidDataException($"取包超过 {Cap.TotalMinutes:0} 分钟", late);
        }
    }

    public void Dispose() => _client.Dispose();
}
