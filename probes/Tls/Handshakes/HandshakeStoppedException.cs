namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Carries the end of an unfinished handshake up to the client, where it becomes part of the result.</summary>
internal sealed class HandshakeStoppedException(HelloReply why) : Exception(why.Describe())
{
    public HelloReply Why { get; } = why;
}
