using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Leads a fresh connection through its protocol's dialogue, within a time bound.</summary>
internal static class StartTlsDoor
{
    /// <summary>Mail servers let unknown clients wait up to six seconds for the greeting, to see whether they can.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(10);

    public static IStartTlsDialogue DialogueOf(StartTlsProtocol protocol) => protocol switch
    {
        StartTlsProtocol.Smtp => new SmtpDialogue(),
        StartTlsProtocol.Imap => new ImapDialogue(),
        StartTlsProtocol.Pop3 => new Pop3Dialogue(),
        StartTlsProtocol.Ftp => new FtpDialogue(),
        StartTlsProtocol.Ldap => new LdapDialogue(),
        StartTlsProtocol.Xmpp => new XmppDialogue(),
        StartTlsProtocol.Postgres => new PostgresDialogue(),
        _ => new MySqlDialogue(),
    };

    /// <summary>Returns where the next byte sent may be one of TLS.</summary>
    /// <exception cref="UnableException">The server refused, said something else, or took too long.</exception>
    public static async Task PassAsync(Stream stream, Endpoint endpoint, StartTlsProtocol protocol, TimeProvider clock, CancellationToken cancellationToken)
    {
        var wire = new StartTlsWire(stream);
        var talk = await HoldAsync(wire, endpoint, protocol, isCurious: false, clock, cancellationToken);
        if (!talk.Agreed)
        {
            throw Refused(endpoint, protocol, talk);
        }

        if (wire.Ahead > 0)
        {
            throw new UnableException(FailureKind.BadInput, $"{endpoint.Authority} 同意 STARTTLS（{protocol.Word()}）之后又多发了 {wire.Ahead} 字节明文，不能开始握手");
        }
    }

    /// <exception cref="UnableException">As <see cref="PassAsync"/>, except that a refusal is an answer.</exception>
    public static async Task<StartTlsTalk> HoldAsync(
        StartTlsWire wire, Endpoint endpoint, StartTlsProtocol protocol, bool isCurious, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await DialogueOf(protocol).HoldAsync(wire, EndpointName.Reference(endpoint), isCurious, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnableException(FailureKind.TimedOut, $"{endpoint.Authority} 的 STARTTLS 对话（{protocol.Word()}）在 {Limit.TotalSeconds:0.#} 秒内没有完成");
        }
        catch (IOException broken)
        {
            throw new UnableException(FailureKind.Unreachable, $"{endpoint.Authority} 在 STARTTLS 对话（{protocol.Word()}）途中断开连接", broken);
        }
        catch (UnableException unable)
        {
            throw new UnableException(unable.Kind, $"{endpoint.Authority} 的 STARTTLS 对话（{protocol.Word()}）没有成功：{unable.Message}", unable.InnerException);
        }
    }

    public static UnableException Refused(Endpoint endpoint, StartTlsProtocol protocol, StartTlsTalk talk) =>
        new(FailureKind.BadInput, $"{endpoint.Authority} 拒绝升级到 TLS（{protocol.Word()} STARTTLS）：{talk.Answer}");
}
