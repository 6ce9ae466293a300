using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a port of HTTP in clear answered, asked once for all probes of it.</summary>
/// <param name="Answers">In the order asked.</param>
/// <param name="IsWhole">Every path was answered.</param>
/// <param name="SendsEverybodyOn">As in <see cref="ClearHttpAnswers"/>.</param>
/// <param name="Heads">Of the answers, Latin-1.</param>
internal sealed record ClearDoor(IReadOnlyList<ClearHttpAnswer> Answers, bool IsWhole, Fact<bool> SendsEverybodyOn, string Heads)
{
    /// <summary>For one path: connecting and the head of the answer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    private static readonly string[] Paths = ["/", "/index.html", "/login", "/api/", "/securitycheck-no-such-page"];

    /// <exception cref="UnableException">Not even the first path was answered.</exception>
    public static Task<ClearDoor> LookAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync($"tls.clear-door|{target.TargetId}", token => AskAllAsync(target, context, token), cancellationToken);

    private static async Task<ClearDoor> AskAllAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        var answers = new List<ClearHttpAnswer>();
        var isWatched = true;
        var heads = new StringBuilder();
        var isWhole = true;
        foreach (var path in Paths.Prepend(target.Path).Distinct(StringComparer.Ordinal))
        {
            try
            {
                var head = await AskAsync(target, path, context, cancellationToken);
                answers.Add(Answer(target, path, head, context.Scope, out var isEndpoint));
                isWatched &= isEndpoint;
                heads.Append("GET ").Append(path).Append('\n').Append(Encoding.Latin1.GetString(head.Raw.Span)).Append('\n');
            }
            catch (UnableException) when (answers.Count > 0)
            {
                // What it did say stays on record; the whole is not known.
                isWhole = false;
                break;
            }
        }

        // One path that is not sent on decides, whatever the rest would have said.
        var sendsEverybodyOn = answers.Exists(a => !a.SendsOn) ? false : isWhole && isWatched ? true : default(Fact<bool>);
        return new ClearDoor(answers, isWhole, sendsEverybodyOn, heads.ToString());
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
