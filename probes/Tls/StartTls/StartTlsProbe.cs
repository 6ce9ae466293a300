using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Holds the clear dialogue once to listen, and once to see whether a command slips through into TLS.</summary>
public sealed class StartTlsProbe : Probe<Endpoint, StartTlsOffer>
{
    /// <summary>RFC 4616, the obsolete LOGIN, POP3 USER/PASS (RFC 1939), MySQL's clear password plug-in.</summary>
    private static readonly string[] PasswordMechanisms = ["PLAIN", "LOGIN", "USER", "mysql_clear_password"];

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.starttls",
        Pillar = Pillar.Tls,
        Title = "STARTTLS 升级",
        Question = "先明文后加密的端口是否同意升级到 TLS，升级前能否用明文口令登录，明文命令会不会混入 TLS？",
        Needs = typeof(Endpoint),
        Observes = typeof(StartTlsOffer),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(40),
        Connections = 3,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.StartTls is not { } protocol)
        {
            return new NotNeeded("端点从第一个字节起就是 TLS 或明文 HTTP，没有 STARTTLS");
        }

        await using var connection = await Doorway.DialAsync(context, target, cancellationToken);
        var wire = new StartTlsWire(connection.Stream);
        var talk = await StartTlsDoor.HoldAsync(wire, target, protocol, isCurious: true, context.Clock, cancellationToken);

        // An agreement that TLS does not follow is worth nothing: a hello is sent on the same connection, unless clear text stands in its way.
        var reply = talk.Agreed && wire.Ahead == 0 ? await new HelloCaller(context, target).AskOnAsync(connection.Stream, PlainHello(target), cancellationToken) : null;
        var injected = reply is Selected ? await InjectedCommand.TryAsync(target, protocol, context, cancellationToken) : null;
        var evidence = context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "dialogue.txt", "text/plain", Encoding.ASCII.GetBytes(wire.Transcript + injected?.Transcript),
            $"与 {target.Authority} 的明文对话（{protocol.Word()}）"));
        return Saw(target, context, Describe(protocol, talk, injected?.WasAnswered ?? default) with
        {
            HandshakeFollows = await FollowsAsync(reply, target, context, cancellationToken),
            ClearBytesBehind = CountOf(talk, wire.Ahead, reply),
        }, evidence);
    }

    /// <summary>A hello that is turned away is no handshake; whether the port answers others is what the survey of its versions knows.</summary>
    private static async Task<Fact<bool>> FollowsAsync(HelloReply? reply, Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (reply is null or Selected)
        {
            return reply is null ? default(Fact<bool>) : true;
        }

        var survey = await VersionSurvey.OfAsync(target, context, cancellationToken);
        return survey.Selected.Count > 0 ? true : reply is Silent or Alerted || survey.ShowsTls ? default(Fact<bool>) : false;
    }

    /// <summary>
    /// Clear text may come a packet later than the agreement and stands where the ServerHello should: what is no TLS then may be that or
    /// an answer to the hello, so that none is only said where TLS or nothing came.
    /// </summary>
    private static Fact<int> CountOf(StartTlsTalk talk, int ahead, HelloReply? reply) =>
        !talk.Agreed || reply is Foreign or Malformed ? default(Fact<int>) : ahead;

    private static StartTlsOffer Describe(StartTlsProtocol protocol, StartTlsTalk talk, Fact<bool> injected) => new()
    {
        Protocol = protocol.Word(),
        Announced = talk.Announced is { } announced ? announced : default(Fact<bool>),
        Accepted = talk.Agreed,
        ClearMechanisms = talk.Mechanisms is { } mechanisms ? new Fact<IReadOnlyList<string>>(mechanisms) : default,
        ClearPasswords = talk.Mechanisms is { } named ? named.Any(m => PasswordMechanisms.Contains(m, StringComparer.Ordinal)) : default(Fact<bool>),
        DemandsUpgrade = talk.DemandsUpgrade is { } demands ? demands : default(Fact<bool>),
        InjectedCommandAnswered = injected,
        Greeting = new Fact<string?>(talk.Greeting),
        Answer = talk.Answer,
    };

    internal static ClientHello PlainHello(Endpoint target) => VersionQuestion.For(target).First(q => q.Version == ProtocolVersion.Tls12).Hellos[0].Hello;
}
