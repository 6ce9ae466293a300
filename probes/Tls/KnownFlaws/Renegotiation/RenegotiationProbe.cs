using System.Security.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Starts a second handshake once in each form, and leaves as soon as the server shows whether it follows.</summary>
public sealed class RenegotiationProbe : ClassicProbe<ClientRenegotiation>
{
    private const byte NoRenegotiation = 100;
    private const int RecordHeader = 5;
    private const int MaxRecords = 64;

    /// <summary>Libraries that read for their caller hold an alert back until the caller writes.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(700);

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.client-renegotiation",
        Pillar = Pillar.Tls,
        Title = "客户端发起的重协商",
        Question = "客户端能在会话里再发起一次握手吗，安全的与不安全的两种写法？",
        Needs = typeof(Endpoint),
        Observes = typeof(ClientRenegotiation),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Intrusive,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 2,
        Version = "1",
    };

    private protected override async Task<ProbeOutcome> ObserveAsync(ClassicPort port, CancellationToken cancellationToken)
    {
        var secure = await AskAsync(port, isSecure: true, cancellationToken);
        var insecure = await AskAsync(port, isSecure: false, cancellationToken);
        return Saw(
            port,
            new ClientRenegotiation
            {
                Version = port.Version.Name,
                SecureAccepted = !secure.IsEstablished ? default : !secure.KnowsRfc5746 ? new Fact<bool?>(null) : secure.Accepted is { } accepted ? accepted : default(Fact<bool?>),

                // A server that insists on RFC 5746 turns others away in the first handshake already.
                InsecureAccepted = secure.IsEstablished && insecure.IsTurnedAway ? false : insecure.Accepted is { } known ? known : default(Fact<bool>),
                Answer = $"安全：{secure.Answer}；不安全：{insecure.Answer}",
            },
            secure.Exchange,
            insecure.Exchange);
    }

    private static async Task<Second> AskAsync(ClassicPort port, bool isSecure, CancellationToken cancellationToken)
    {
        var offer = new ClassicOffer { Label = isSecure ? "secure" : "insecure", Version = port.Version.Wire, SignalsRenegotiation = isSecure };
        await using var first = await port.Client.ConnectAsync(offer, cancellationToken);
        var knows = first.Flight?.Hello.Has(ExtensionType.RenegotiationInfo) ?? false;
        if (first.Reach != HandshakeReach.Finished)
        {
            var isTurnedAway = first.Stopped is Alerted { Alert.Description: TlsAlert.HandshakeFailure };
            return new Second(first.Exchange, knows, IsEstablished: false, isTurnedAway, null, $"首次握手没有完成（{first.Stopped?.Describe()}）");
        }

        if (isSecure && !knows)
        {
            return new Second(first.Exchange, KnowsRfc5746: false, IsEstablished: true, IsTurnedAway: false, null, "不支持 RFC 5746");
        }

        first.AcceptSilence();
        HelloReply? answer = null;
        var goesOn = false;
        var ending = await port.Client.RunAsync(
            async token => (answer, goesOn) = await AskAgainAsync(port, offer, first, isSecure, token), first.Channel!, cancellationToken);
        var reply = answer ?? ending!;
        return new Second(
            first.Exchange, knows, IsEstablished: true, IsTurnedAway: false, goesOn ? false : Decide(reply), goesOn ? "不理会，按原来的会话继续应答" : reply.Describe());
    }

    /// <summary>A server may answer with no_renegotiation, close, or ignore the wish and go on (RFC 5246 §7.4.1.2).</summary>
    private static bool? Decide(HelloReply reply) => reply switch
    {
        Selected => true,
        Alerted or Closed => false,
        _ => null,
    };

    private static async Task<(HelloReply Answer, bool GoesOn)> AskAgainAsync(ClassicPort port, ClassicOffer offer, ClassicHandshake first, bool isSecure, CancellationToken cancellationToken)
    {
        var channel = first.Channel!;
        channel.AnswerByWarning = NoRenegotiation;
        var hello = (offer with { SignalsRenegotiation = false }).Hello(EndpointName.Sni(port.Endpoint), RandomNumberGenerator.GetBytes(32));
        if (isSecure)
        {
            byte[] info = [(byte)first.ClientVerifyData.Length, .. first.ClientVerifyData.Span];
            hello = hello with { FurtherExtensions = [.. hello.FurtherExtensions, new((ushort)ExtensionType.RenegotiationInfo, info)] };
        }

        await channel.SendAsync(RecordType.Handshake, hello.ToRecord().AsMemory(RecordHeader), cancellationToken);
        var hasAskedForPage = false;
        for (var i = 0; i < MaxRecords; i++)
        {
            var reading = channel.ReadRecordAsync(cancellationToken);
            if (!hasAskedForPage && port.Endpoint.Protocol == EndpointProtocol.Https)
            {
                hasAskedForPage = await AskForPageAsync(port, channel, reading, cancellationToken);
            }

            var record = await reading;
            if (record.Type == (byte)RecordType.ApplicationData && hasAskedForPage)
            {
                // The hello lay before the request, so that it was read and not followed.
                return (new Silent(0), true);
            }

            if (record.Type == (byte)RecordType.Handshake && ServerHelloIn(channel, record.Content) is { } answer)
            {
                return (answer, false);
            }

            // Mail servers may be greeting meanwhile.
        }

        return (new Silent(0), false);
    }

    /// <returns>True where nothing came for a while and a page was asked for in the session as it was.</returns>
    private static async Task<bool> AskForPageAsync(ClassicPort port, RecordChannel channel, Task reading, CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(reading, Task.Delay(Quiet, port.Context.Clock, cancellationToken)) == reading)
        {
            return false;
        }

        var request = $"HEAD / HTTP/1.1\r\nHost: {EndpointName.Reference(port.Endpoint)}\r\nConnection: close\r\n\r\n";
        await channel.SendAsync(RecordType.ApplicationData, System.Text.Encoding.ASCII.GetBytes(request), cancellationToken);
        return true;
    }

    private static Selected? ServerHelloIn(RecordChannel channel, ReadOnlySpan<byte> content)
    {
        channel.AddHandshake(content);
        while (channel.TakeMessage() is { } message)
        {
            if (message.Type == (byte)HandshakeType.ServerHello)
            {
                return new Selected(new ServerFlight { Hello = ServerHello.Parse(message.Body.Span), Messages = [message], Warnings = [], IsWhole = false });
            }
        }

        return null;
    }

    private sealed record Second(HelloExchange Exchange, bool KnowsRfc5746, bool IsEstablished, bool IsTurnedAway, bool? Accepted, string Answer);
}
