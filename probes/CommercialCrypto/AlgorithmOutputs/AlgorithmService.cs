using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// The candidate's own implementation behind an address: one POST carries the questions as <c>crypto challenge</c> writes them, the answer is
/// a list of cases with <c>id</c> and <c>output</c>. Only a host of candidate.yaml is connected to; no redirection is followed, no proxy asked.
/// </summary>
internal sealed class AlgorithmService(ProbeContext context, TimeSpan limit)
{
    /// <summary>Bytes of an answer.</summary>
    public const int AnswerCap = 8 * 1024 * 1024;

    private const int HeadKilobytes = 64;

    /// <summary>What a sample's path must look like to be an address.</summary>
    public static Uri? AddressOf(CryptoSample sample) =>
        Uri.TryCreate(sample.Path, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? url : null;

    /// <param name="address">http or https.</param>
    /// <param name="challenge">JSON.</param>
    /// <param name="cancellationToken">Of the run.</param>
    /// <returns>The body as received.</returns>
    /// <exception cref="UnableException">Out of scope, unreachable, too slow, too long, redirected, or any status but 200.</exception>
    public async Task<byte[]> AskAsync(Uri address, byte[] challenge, CancellationToken cancellationToken)
    {
        context.Scope.Demand(Host(address), address.Port);
        using var clock = new CancellationTokenSource(limit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        using var handler = Handler(address);
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(challenge) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            request.Headers.Accept.ParseAdd("application/json");
            request.Headers.ConnectionClose = true;
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bounded.Token);
            return answer.StatusCode == HttpStatusCode.OK
                ? await BodyAsync(address, answer, bounded.Token)
                : throw new UnableException(FailureKind.BadInput, $"{Shown(address)} 对题目应答 {(int)answer.StatusCode}，应为 200{((int)answer.StatusCode is >= 300 and < 400 ? "；不跟随跳转" : "")}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnableException(FailureKind.TimedOut, $"{Shown(address)} 在 {limit.TotalSeconds:0.#} 秒内没有给出完整的答案");
        }
        catch (HttpRequestException broken)
        {
            throw broken.InnerException as UnableException ?? new UnableException(FailureKind.Unreachable, $"{Shown(address)} 没有给出合格的 HTTP 应答（{broken.HttpRequestError}）", broken);
        }
        catch (IOException broken)
        {
            throw new UnableException(FailureKind.Unreachable, $"{Shown(address)} 在应答途中断开", broken);
        }
    }

    private static async Task<byte[]> BodyAsync(Uri address, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentEncoding.Count > 0)
        {
            throw new UnableException(FailureKind.BadInput, $"{Shown(address)} 的答案是压缩的（{string.Join("、", answer.Content.Headers.ContentEncoding)}），应为不压缩的 JSON");
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > AnswerCap)
            {
                throw new UnableException(FailureKind.BadInput, $"{Shown(address)} 的答案超过 {AnswerCap / 1024 / 1024} MiB");
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    [SuppressMessage("Security", "CA5359", Justification = "The questions protect nothing and the answers are computed again; whose certificate it is says nothing of them")]
    [SuppressMessage("Security", "S4830", Justification = "As above")]
    private SocketsHttpHandler Handler(Uri address)
    {
        var endpoint = new Endpoint { Id = "algorithm-service", Host = Host(address), Port = address.Port };
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = HeadKilobytes,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
            ConnectCallback = async (_, token) => new DialledStream(await context.Dialer.DialAsync(endpoint, token)),
        };
    }

    private static string Host(Uri address) => address.IdnHost.Trim('[', ']');

    /// <summary>Without what stands behind the path.</summary>
    private static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
