using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// "Does a command sent in clear behind STARTTLS count inside TLS?" (CVE-2011-0411). The command is NOOP. A second one is sent
/// inside TLS: two answers mean that the clear one was kept, one answer that it was dropped.
/// </summary>
/// <param name="WasAnswered">Missing where the handshake or the answers did not come.</param>
/// <param name="Transcript">For evidence.</param>
internal sealed record InjectedCommand(Fact<bool> WasAnswered, string Transcript)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    /// <summary>A server answers commands that lie ready one right after the other.</summary>
    private static readonly TimeSpan SecondAnswerLimit = TimeSpan.FromMilliseconds(1500);

    /// <returns>Null where the protocol has no commands to slip in.</returns>
    public static async Task<InjectedCommand?> TryAsync(Endpoint endpoint, StartTlsProtocol protocol, ProbeContext context, CancellationToken cancellationToken)
    {
        if (protocol is not (StartTlsProtocol.Smtp or StartTlsProtocol.Imap or StartTlsProtocol.Pop3 or StartTlsProtocol.Ftp))
        {
            return null;
        }

        using var clock = new CancellationTokenSource(Limit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        var clear = new StringBuilder();
        try
        {
            await using var connection = await context.Dialer.DialAsync(endpoint, bounded.Token);
            var wire = new StartTlsWire(connection.Stream) { Tail = Noop(protocol) };
            var talk = await StartTlsDoor.DialogueOf(protocol).HoldAsync(wire, EndpointName.Reference(endpoint), isCurious: false, bounded.Token);
            clear.Append(wire.Transcript);
            if (!talk.Agreed)
            {
                return new InjectedCommand(false, clear.Append("拒绝了带有后续命令的升级请求\n").ToString());
            }

            var answered = wire.Ahead > 0 ? default : await AskInsideAsync(connection.Stream, endpoint, protocol, context, clear, bounded.Token);
            return new InjectedCommand(answered, clear.ToString());
        }
        catch (Exception trouble) when (trouble is UnableException or IOException or AuthenticationException or InvalidOperationException
            || (trouble is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new InjectedCommand(default, clear.Append("没有答案：").Append(trouble.Message).Append('\n').ToString());
        }
    }

    private static async Task<Fact<bool>> AskInsideAsync(
        Stream stream, Endpoint endpoint, StartTlsProtocol protocol, ProbeContext context, StringBuilder clear, CancellationToken cancellationToken)
    {
        await using var tls = new SslStream(stream, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsClientAsync(Options(endpoint), cancellationToken);
        var inside = new StartTlsWire(tls);
        await inside.SendLineAsync(Noop(protocol), cancellationToken);
        var first = await AnswerAsync(inside, protocol, cancellationToken);
        var second = first is null ? null : await SecondAsync(inside, protocol, context, cancellationToken);
        clear.Append("TLS 之内：\n").Append(inside.Transcript);
        return first is null ? default(Fact<bool>) : second is not null;
    }

    private static async Task<string?> SecondAsync(StartTlsWire inside, StartTlsProtocol protocol, ProbeContext context, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(SecondAnswerLimit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            return await AnswerAsync(inside, protocol, bounded.Token);
        }
        catch (Exception ended) when (ended is UnableException or IOException || (ended is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<string?> AnswerAsync(StartTlsWire wire, StartTlsProtocol protocol, CancellationToken cancellationToken)
    {
        if (protocol is StartTlsProtocol.Smtp or StartTlsProtocol.Ftp)
        {
            return (await NumberedReply.ReadAsync(wire, cancellationToken)).Shown;
        }

        while (true)
        {
            // IMAP servers may tell news at any time; only tagged lines answer.
            var line = await wire.LineAsync(cancellationToken);
            if (protocol == StartTlsProtocol.Pop3 || !line.StartsWith("* ", StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    private static SslClientAuthenticationOptions Options(Endpoint endpoint) => new()
    {
        TargetHost = EndpointName.Reference(endpoint),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck, TrustMode = X509ChainTrustMode.CustomRootTrust,
        },

        // Nothing secret is sent, and the certificate is looked at elsewhere.
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
    };

    private static string Noop(StartTlsProtocol protocol) => protocol == StartTlsProtocol.Imap ? "s3 NOOP" : "NOOP";
}
