namespace SmartCity.SecurityCheck.Model;

/// <summary>The protocol in whose dialogue a connection is upgraded to TLS.</summary>
public enum StartTlsProtocol
{
    /// <summary>RFC 3207.</summary>
    Smtp,

    /// <summary>RFC 9051 §6.2.1.</summary>
    Imap,

    /// <summary>RFC 2595 §4.</summary>
    Pop3,

    /// <summary>RFC 4217 §4.</summary>
    Ftp,

    /// <summary>RFC 4511 §4.14.</summary>
    Ldap,

    /// <summary>RFC 6120 §5, client to server.</summary>
    Xmpp,

    /// <summary>SSLRequest of the PostgreSQL frontend/backend protocol 3.</summary>
    Postgres,

    /// <summary>SSLRequest of the MySQL client/server protocol 10.</summary>
    MySql,
}

/// <summary>How STARTTLS protocols are written.</summary>
public static class StartTlsNames
{
    public static IReadOnlyList<StartTlsProtocol> All { get; } = Enum.GetValues<StartTlsProtocol>();

    /// <summary>The word of candidate.yaml, command lines and observations.</summary>
    public static string Word(this StartTlsProtocol protocol) => protocol.ToString().ToLowerInvariant();

    /// <summary>The port where nothing else is written; for SMTP that of submission (RFC 6409).</summary>
    public static int StandardPort(this StartTlsProtocol protocol) => protocol switch
    {
        StartTlsProtocol.Smtp => 587,
        StartTlsProtocol.Imap => 143,
        StartTlsProtocol.Pop3 => 110,
        StartTlsProtocol.Ftp => 21,
        StartTlsProtocol.Ldap => 389,
        StartTlsProtocol.Xmpp => 5222,
        StartTlsProtocol.Postgres => 5432,
        _ => 3306,
    };
}
