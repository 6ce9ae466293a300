using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// "Does a command sent in clear behind STARTTLS count inside TLS?" (CVE-2011-0411). The command is NOOP. A second one is sent
/// inside TLS: two answers mean that the clear one was kept, one answer that it was dropped. Asked of ports alone that answered a
/// ClientHello without the command.
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
            // A server that hands the command to TLS fails over it, and one that lays it aside does not: only then is there more to ask.
            var answered = await IsTakenInStrideAsync(endpoint, protocol, context, clear, bounded.Token)
                ? await AskInsideAsync(endpoint, protocol, context, clear, bounded.Token)
                : false;
            return new InjectedCommand(answered, clear.ToString());
        }
        catch (Exception trouble) when (trouble is UnableException or IOException or AuthenticationException or InvalidOperationException
            || (trouble is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new InjectedCommand(default, clear.Append("没有答案：").Append(trouble.Message).Append('\n').ToString());
        }
    }

    /// <summary>Asked twice where the server hung up: once may be chance, twice is its answer to those who do not wait.</summary>
    private static async Task<bool> IsTakenInStrideAsync(
        Endpoint endpoint, StartTlsProtocol protocol, ProbeContext context, StringBuilder clear, CancellationToken cancellationToken)
    {
        try
        {
            return await HelloIsAnsweredAsync(endpoint, protocol, context, clear, cancellationToken);
        }
        catch (UnableException hungUp) when (hungUp.Kind is FailureKind.Unreachable or FailureKind.BadInput)
        {
            clear.Append("断开：").Append(hungUp.Message).Append('\n');
        }

        try
        {
            return await HelloIsAnsweredAsync(endpoint, protocol, context, clear, cancellationToken);
        }
        catch (UnableException hungUp) when (hungUp.Kind is FailureKind.Unreachable or FailureKind.BadInput)
        {
            return false;
        }
    }

    private static async Task<bool> HelloIsAnsweredAsync(
        Endpoint endpoint, StartTlsProtocol protocol, ProbeContext context, StringBuilder clear, CancellationToken cancellationToken)
    {
        await using var connection = await Doorway.DialAsync(context, endpoint, cancellationToken);
        if (!await IsAgreedAsync(connection.Stream, endpoint, protocol, clear, cancellationToken))
        {
            return false;
        }

        var reply = await new HelloCaller(context, endpoint).AskOnAsync(connection.Stream, StartTlsProbe.PlainHello(endpoint), cancellationToken);
        clear.Append("对 ClientHello：").Append(PrintableText.Of(reply.Describe(), 120)).Append('\n');
        return reply is Silent ? throw new UnableException(FailureKind.TimedOut, "没有应答") : reply is Selected;
    }

    private static async Task<bool> IsAgreedAsync(Stream stream, Endpoint endpoint, StartTlsProtocol protocol, StringBuilder clear, CancellationToken cancellationToken)
    {
        var wire = new StartTlsWire(stream) { Tail = Noop(protocol) };
        try
        {
            var talk = await StartTlsDoor.DialogueOf(protocol).HoldAsync(wire, EndpointName.Reference(endpoint), isCurious: false, cancellationToken);
            return talk.Agreed && wire.Ahead == 0;
        }
        catch (IOException broken)
        {
            throw new UnableException(FailureKind.Unreachable, broken.Message, broken);
        }
        finally
        {
            clear.Append(wire.Transcript);
        }
    }

    private static async Task<Fact<bool>> AskInsideAsync(
        Endpoint endpoint, StartTlsProtocol protocol, ProbeContext context, StringBuilder clear, CancellationToken cancellationToken)
    {
        await using var connection = await Doorway.DialAsync(context, endpoint, cancellationToken);
        if (!await IsAgreedAsync(connection.Stream, endpoint, protocol, clear, cancellationToken))
        {
            return default;
        }

        await using var tls = new SslStream(connection.Stream, leaveInnerStreamOpen: true);
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

    [SuppressMessage("Security", "CA5359", Justification = "Nothing secret is sent, and the certificate is looked at elsewhere")]
    private static SslClientAuthenticationOptions Options(Endpoint endpoint) => new()
    {
        TargetHost = EndpointName.Reference(endpoint),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck, TrustMode = X509ChainTrustMode.CustomRootTrust,
        },
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
    };

    private static string Noop(StartTlsProtocol protocol) => protocol == StartTlsProtocol.Imap ? "s3 NOOP" : "NOOP";
}
