using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>How a server answered one ClientHello. Closed.</summary>
internal abstract record HelloReply
{
    private protected HelloReply() { }

    /// <summary>For evidence and messages.</summary>
    public abstract string Describe();

    /// <summary>True where the answer itself shows a TLS or TLCP stack at work.</summary>
    public virtual bool ShowsTls => false;
}

/// <summary>A ServerHello came; the flight behind it may be cut (<see cref="ServerFlight.IsWhole"/>).</summary>
internal sealed record Selected(ServerFlight Flight) : HelloReply
{
    public override bool ShowsTls => true;

    public override string Describe() => Flight.Hello.IsRetryRequest
        ? $"HelloRetryRequest {ProtocolVersion.NameOf(Flight.Hello.Version)} {CipherSuites.NameOf(Flight.Hello.Suite)}"
        : $"ServerHello {ProtocolVersion.NameOf(Flight.Hello.Version)} {CipherSuites.NameOf(Flight.Hello.Suite)}";
}

/// <summary>An alert came instead of a ServerHello.</summary>
internal sealed record Alerted(TlsAlert Alert) : HelloReply
{
    public override bool ShowsTls => true;

    public override string Describe() => $"alert {Alert.Name}({Alert.Description})";
}

/// <summary>The server closed without an answer: FIN, or RST where <paramref name="Hard"/>.</summary>
internal sealed record Closed(bool Hard) : HelloReply
{
    public override string Describe() => Hard ? "RST" : "FIN";
}

/// <summary>No complete answer in time; <paramref name="Bytes"/> came.</summary>
internal sealed record Silent(int Bytes) : HelloReply
{
    public override string Describe() => $"timeout after {Bytes} bytes";
}

/// <summary>Something else is spoken here.</summary>
/// <param name="Protocol">What, as far as recognised.</param>
/// <param name="Banner">Its first bytes, unprintable ones as dots.</param>
internal sealed record Foreign(ForeignProtocol Protocol, string Banner) : HelloReply
{
    public override string Describe() => $"not TLS: {Banner}";
}

/// <summary>TLS-like bytes that break the rules or this tool's caps.</summary>
internal sealed record Malformed(string Why) : HelloReply
{
    public override string Describe() => $"malformed: {Why}";
}

/// <summary>No connection could be opened for this hello.</summary>
internal sealed record Unreached(FailureKind Kind, string Message) : HelloReply
{
    public override string Describe() => $"no connection: {Kind}";
}

/// <summary>One connection: a hello sent, bytes received, and what they mean.</summary>
internal sealed record HelloExchange
{
    /// <summary>Which question it was, such as <c>TLSv1.2 common</c>.</summary>
    public required string Label { get; init; }

    /// <summary>What <see cref="Sent"/> was made of; null where it was no ClientHello of ours.</summary>
    public ClientHello? Hello { get; init; }

    public required ReadOnlyMemory<byte> Sent { get; init; }

    public required ReadOnlyMemory<byte> Received { get; init; }

    /// <summary><c>ip:port</c>; null where no connection was opened.</summary>
    public required string? RemoteAddress { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required HelloReply Reply { get; init; }
}
