using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>One GET, one answer, its headers.</summary>
public sealed class HttpSecurityHeadersProbe : Probe<Endpoint, SecurityHeaders>
{
    /// <summary>For connecting, the handshake and the head of the answer together.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.http-security-headers",
        Pillar = Pillar.Tls,
        Title = "HTTP 安全响应头",
        Question = "网页应答带有哪些安全响应头，Cookie 有哪些保护属性？",
        Needs = typeof(Endpoint),
        Observes = typeof(SecurityHeaders),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(20),
        Connections = 44,
        Version = "2",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.StartTls is not null)
        {
            return new NotNeeded("端点先说自己的协议再升级到 TLS，不是 HTTP");
        }

        using var clock = new CancellationTokenSource(Limit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        ResponseHead head;
        string? protocol = null;
        try
        {
            (head, protocol) = target.Protocol == EndpointProtocol.Http
                ? (await AskInClearAsync(target, context, bounded.Token), null)
                : await AskOverTlsAsync(target, context, bounded.Token);
        }
        catch (UnableException other) when (target.Protocol == EndpointProtocol.Tls && other.Message is ResponseHead.NotHttp or ResponseHead.NoAnswer)
        {
            // That it is no HTTP is not taken from candidate.yaml alone: it would put every rule about pages out of force.
            return new NotNeeded("端点标为非 HTTP 的 TLS 服务，对 GET 也没有给出 HTTP 应答");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnableException(FailureKind.TimedOut, $"{target.Authority} 在 {Limit.TotalSeconds:0.#} 秒内没有给出完整的 HTTP 应答头");
        }
        catch (IOException broken)
        {
            throw new UnableException(FailureKind.Unreachable, $"{target.Authority} 在应答途中断开连接", broken);
        }

        var evidence = context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "response-head.txt", "text/plain", head.Raw, $"{target.Authority} 对 GET {target.Path} 的应答头"));
        if (protocol is not null && MayRefuseStrangers(head.StatusCode) && await AsksForCertificateAsync(target, context, cancellationToken))
        {
            return Saw(target, context, HeaderReading.TurnedAway(head, UrlOf(target)) with { ReadOver = protocol }, evidence);
        }

        if (head.StatusCode >= 400)
        {
            return Saw(target, context, HeaderReading.OfError(head, UrlOf(target)) with { ReadOver = protocol }, evidence);
        }

        return Saw(target, context, HeaderReading.Read(head, UrlOf(target), to => IsNamed(to, target, context)) with { ReadOver = protocol }, evidence);
    }

    /// <summary>What servers say to clients without a certificate: nginx 400 (495 and 496 inside), others 401 or 403.</summary>
    private static bool MayRefuseStrangers(int status) => status is 400 or 401 or 403 or 495 or 496;

    private static async Task<bool> AsksForCertificateAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        var survey = await VersionSurvey.OfAsync(target, context, cancellationToken);
        return survey.Exchanges.Any(e => e.Reply is Selected { Flight: var flight } && flight.Body(HandshakeType.CertificateRequest) is not null)
            || (survey.Selected.Contains(ProtocolVersion.Tls13.Wire)
                && (await Tls13Sighting.OfAnythingAsync(target, context, cancellationToken)).Handshake.CertificateRequest is not null);
    }

    /// <summary>An endpoint of the candidate, or a host it does not name; unknown for a port of a named host that nobody looks at.</summary>
    private static Fact<bool?> IsNamed(Uri to, Endpoint target, ProbeContext context) =>
        PlaceNamed.IsEndpoint(to, target, context.Scope) ? true : PlaceNamed.IsHost(to, target, context.Scope) ? default(Fact<bool?>) : false;

    private static async Task<(ResponseHead Head, string? Protocol)> AskOverTlsAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        await using var channel = await WebChannel.OpenAsync(target, context, cancellationToken);
        if (target.Authorization is not null && await channel.Peer.DoubtAsync(target, context, cancellationToken) is { } doubt)
        {
            throw new UnableException(FailureKind.Refused, $"没有向 {target.Authority} 发送 Authorization，也就没有看到登录后的页面：{doubt}；可在 candidate.yaml 的 trustAnchors 里给出根证书");
        }

        return (await AskAsync(target, channel.Stream, cancellationToken), channel.Protocol);
    }

    private static async Task<ResponseHead> AskInClearAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Authorization is not null)
        {
            throw new UnableException(FailureKind.Refused, $"没有连接 {target.Authority}：Authorization 不在明文 HTTP 上发送");
        }

        await using var connection = await Doorway.DialAsync(context, target, cancellationToken);
        return await AskAsync(target, connection.Stream, cancellationToken);
    }

    private static async Task<ResponseHead> AskAsync(Endpoint target, Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(Request(target)), cancellationToken);
        return await ResponseHead.ReadAsync(stream, cancellationToken);
    }

    /// <exception cref="UnableException">A field of the endpoint would break out of its line.</exception>
    private static string Request(Endpoint target)
    {
        var url = UrlOf(target);
        var authorization = target.Authorization is { } secret ? $"Authorization: {secret.Reveal().Trim()}\r\n" : string.Empty;
        var request = $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nUser-Agent: SmartCity.SecurityCheck\r\n"
            + $"Accept: text/html,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate, br\r\n{authorization}Connection: close\r\n\r\n";
        return authorization.Length > 0 && authorization[..^2].AsSpan().ContainsAny('\r', '\n')
            ? throw new UnableException(FailureKind.BadInput, "Authorization 的值里有换行")
            : request;
    }

    private static Uri UrlOf(Endpoint target)
    {
        var scheme = target.Protocol == EndpointProtocol.Http ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        var host = EndpointName.Reference(target);
        var authority = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return Uri.TryCreate($"{scheme}://{authority}:{target.Port}{target.Path}", UriKind.Absolute, out var url)
            ? url
            : throw new UnableException(FailureKind.BadInput, $"{target.Authority}{target.Path} 不是可以请求的地址");
    }
}
