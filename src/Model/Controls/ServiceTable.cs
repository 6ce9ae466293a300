namespace SmartCity.SecurityCheck.Model;

/// <summary>端口与服务表 · what the exposure probes look for. Data of the rules: another table is another file.</summary>
public sealed record ServiceTable
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<KnownPort> Ports { get; init; }

    public required IReadOnlyList<OpenPage> Pages { get; init; }

    public required IReadOnlyList<DefaultAccount> Accounts { get; init; }
}

/// <param name="Port">TCP, 1–65535.</param>
/// <param name="Service">In lower case, as nmap calls it where nmap has a name; also names the dialogue that checks it.</param>
/// <param name="Title">For people.</param>
/// <param name="Group">What its being reachable means.</param>
public sealed record KnownPort(int Port, string Service, string Title, ServiceGroup Group)
{
    /// <summary>Product names by which nmap knows the service on another port.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Speaks HTTP, in clear or over TLS: pages are asked for.</summary>
    public bool IsWeb { get; init; }
}

/// <summary>What it means that a service can be reached.</summary>
public enum ServiceGroup
{
    /// <summary>Nothing by itself.</summary>
    Ordinary,

    /// <summary>Passwords cross the network in clear.</summary>
    ClearTextLogin,

    /// <summary>Databases, caches, search engines.</summary>
    DataStore,

    /// <summary>Coordination, configuration and message services that systems use among themselves.</summary>
    Cluster,

    /// <summary>Interfaces that start containers.</summary>
    Container,
    RemoteDesktop,
    FileShare,
    Debugging,

    /// <summary>Management consoles of middleware.</summary>
    Console,
}

/// <summary>A page whose content shows that nobody has to log in.</summary>
/// <param name="Service">Name for people and records.</param>
/// <param name="Path">Begins with a slash; asked for with GET and without credentials.</param>
/// <param name="Marker">Text that the answer must hold beside status 200.</param>
/// <param name="Title">What lies open.</param>
/// <param name="Control">It starts or changes something; else it only tells.</param>
public sealed record OpenPage(string Service, string Path, string Marker, string Title, bool Control)
{
    /// <summary>
    /// Texts by one of which the product is recognised in an answer of status 401. Only for products whose login stands before all they serve;
    /// empty where a refused page says nothing of the other doors, or the product never refuses this way itself.
    /// </summary>
    public IReadOnlyList<string> RefusedBy { get; init; } = [];
}

/// <summary>An account that products are delivered with.</summary>
/// <param name="Service">As in <see cref="KnownPort.Service"/>, or a page's with <see cref="Path"/>.</param>
/// <param name="User">Empty where the service knows no names.</param>
/// <param name="Password">Published by the maker; may be empty.</param>
public sealed record DefaultAccount(string Service, string User, string Password)
{
    /// <summary>Page behind HTTP Basic authentication; null for services with a dialogue of their own.</summary>
    public string? Path { get; init; }
}
