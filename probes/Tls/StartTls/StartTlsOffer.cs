using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>How a port that begins in clear goes over to TLS. What a protocol has no words for is left out.</summary>
public sealed record StartTlsOffer
{
    /// <summary>smtp, imap, pop3, ftp, ldap, xmpp, postgres or mysql.</summary>
    [Description("明文协议")]
    public required string Protocol { get; init; }

    /// <summary>The server announces the upgrade in its list of capabilities.</summary>
    [Description("声明可升级")]
    public Fact<bool> Announced { get; init; }

    /// <summary>The server agreed to go on in TLS when asked; false: it said no, and clear text is all there is.</summary>
    [Description("同意升级")]
    public Fact<bool> Accepted { get; init; }

    /// <summary>Bytes in clear that came behind the agreement, where TLS should begin; missing without an agreement, and where none came with it but something else than TLS answered the hello.</summary>
    [Description("同意升级后多发的明文字节")]
    public Fact<int> ClearBytesBehind { get; init; }

    /// <summary>
    /// A ServerHello of TLS came after the agreement; false where something else did. Missing where none was tried, or only alerts or
    /// nothing came.
    /// </summary>
    [Description("随后握手成功")]
    public Fact<bool> HandshakeFollows { get; init; }

    /// <summary>Ways to log in that are offered before TLS; the whole list.</summary>
    [Description("升级前声明的登录方式")]
    public Fact<IReadOnlyList<string>> ClearMechanisms { get; init; }

    /// <summary>One of those sends the password itself: PLAIN, LOGIN, USER (POP3), CLEAR.</summary>
    [Description("升级前可用明文口令登录")]
    public Fact<bool> ClearPasswords { get; init; }

    /// <summary>The server says that nothing goes on before TLS (XMPP required, IMAP LOGINDISABLED).</summary>
    [Description("要求先升级")]
    public Fact<bool> DemandsUpgrade { get; init; }

    /// <summary>A harmless command sent in clear behind the request was answered inside TLS (CVE-2011-0411).</summary>
    [Description("明文命令混入 TLS")]
    public Fact<bool> InjectedCommandAnswered { get; init; }

    /// <summary>First words of the server; null where it waits for the client.</summary>
    [Description("问候")]
    public Fact<string?> Greeting { get; init; }

    /// <summary>The server's words to the request.</summary>
    [Description("对升级请求的应答")]
    public required string Answer { get; init; }
}
