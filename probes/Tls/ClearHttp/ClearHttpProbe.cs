using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Asks a port of HTTP in clear for its own path, for paths every portal has, and for one nobody has: a port that sends people on does so
/// whatever they ask for, and one that serves pages behind a redirecting front page does not.
/// </summary>
public sealed class ClearHttpProbe : Probe<Endpoint, ClearHttpAnswers>
{
    /// <summary>For one path: connecting and the head of the answer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    private static readonly string[] Paths = ["/", "/index.html", "/login", "/api/", "/securitycheck-no-such-page"];

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.clear-http",
        Pillar = Pillar.Tls,
        Title = "明文端口的应答",
        Question = "明文 HTTP 端口是不是不论问什么都只跳转到同一主机的 HTTPS？",
        Needs = typeof(Endpoint),
        Observes = typeof(ClearHttpAnswers),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(90),
        Connections = 6,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol != EndpointProtocol.Http)
        {
            return new NotNeeded("端点不是明文 HTTP");
        }

        var answers = new List<ClearHttpAnswer>();
        var isWatched = true;
        var heads = new StringBuilder();
        string? unanswered = null;
        foreach (var path in Paths.Prepend(target.Path).Distinct(StringComparer.Ordinal))
        {
            try
            {
                var head = await AskAsync(target, path, context, cancellationToken);
                answers.Add(Answer(target, path, head, context.Scope, out var isEndpoint));
                isWatched &= isEndpoint;
                heads.Append("GET ").Append(path).Append('\n').Append(Encoding.Latin1.GetString(head.Raw.Span)).Append('\n');
            }
            catch (UnableException silent) when (answers.Count > 0)
            {
                // What it did say stays on record; the whole is not known.
                unanswered = $"GET {path}\n（{silent.Message}）\n";
                break;
            }
        }

        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "response-heads.txt", "text/plain", Encoding.Latin1.GetBytes(heads.ToString()), $"{target.Authority} 对 {answers.Count} 个路径的应答头"));
        var serves = answers.Exists(a => !a.SendsOn);
        var record = new ClearHttpAnswers
        {
            // One path that is not sent on decides, whatever the rest would have said.
            SendsEverybodyOn = serves ? false : unanswered is null && isWatched ? true : default(Fact<bool>),
            Answers = unanswered is null ? new Fact<IReadOnlyList<ClearHttpAnswer>>(answers) : default,
        };
        return Saw(target, context, record, evidence);
    }

    /// <param name="isEndpoint">False where people are sent to a port of the host that the candidate does not list and nobody looks at.</param>
    private static ClearHttpAnswer Answer(Endpoint target, string path, ResponseHead head, Scope scope, out bool isEndpoint)
    {
        var asked = new Uri($"http://{Bracketed(EndpointName.Reference(target))}:{target.Port}{path}");
        var to = head.StatusCode is 301 or 302 or 303 or 307 or 308 ? Redirection.Of(head, asked) : null;
        var sendsOn = to is { Scheme: "https" } && string.Equals(to.IdnHost.Trim('[', ']').TrimEnd('.'), EndpointName.Reference(target), StringComparison.OrdinalIgnoreCase);
        isEndpoint = !sendsOn || PlaceNamed.IsEndpoint(to!, target, scope);
        var shown = to?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return new ClearHttpAnswer(path, head.StatusCode, shown, sendsOn, $"{path} → {head.StatusCode}{(shown is null ? "" : $" {shown}")}{(isEndpoint ? "" : "（该端口没有列为端点，没有核验）")}");
    }

    private static async Task<ResponseHead> AskAsync(Endpoint target, string path, ProbeContext context, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(Limit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            await using var connection = await context.Dialer.DialAsync(target, bounded.Token);
            var host = Bracketed(EndpointName.Reference(target)) + (target.Port == 80 ? "" : $":{target.Port}");
            await connection.Stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: SmartCity.SecurityCheck\r\nAccept: text/html,*/*;q=0.8\r\nConnection: close\r\n\r\n"), bounded.Token);
            return await ResponseHead.ReadAsync(connection.Stream, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnableException(FailureKind.TimedOut, $"{target.Authority} 对 {path} 在 {Limit.TotalSeconds:0.#} 秒内没有给出完整的 HTTP 应答头");
        }
        catch (IOException broken)
        {
            throw new UnableException(FailureKind.Unreachable, $"{target.Authority} 对 {path} 在应答途中断开连接", broken);
        }
    }

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
}
