using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>An account of the archiving function; passwords are made anew at each start.</summary>
/// <param name="Password">Known to who started the demonstration, and to nobody else.</param>
/// <param name="IsAdministrator">May see logs, configuration, backup, export and import.</param>
public sealed record DemoAccount(string User, string Password, bool IsAdministrator);

/// <summary>Sessions and the token of the interface.</summary>
internal sealed class ArchiveAccounts(bool isCareless)
{
    private const string Cookie = "ARCHIVESESSION";
    private const int MostSessions = 10_000;

    private readonly ConcurrentDictionary<string, DemoAccount> _sessions = new(StringComparer.Ordinal);

    public DemoAccount Administrator { get; } = new("guidang", Fresh(), IsAdministrator: true);

    public DemoAccount Clerk { get; } = new("jingban", Fresh(), IsAdministrator: false);

    public string ApiToken { get; } = Fresh();

    public DemoAccount? Of(HttpContext http) => http.Request.Cookies.TryGetValue(Cookie, out var session) && _sessions.TryGetValue(session, out var account) ? account : null;

    /// <summary>The careless variant asks for none.</summary>
    public bool MayCall(HttpContext http) => isCareless || Of(http) is not null
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes($"Bearer {ApiToken}"));

    public DemoAccount? SignIn(HttpContext http, string user, string password)
    {
        var account = ((DemoAccount[])[Administrator, Clerk]).FirstOrDefault(a => string.Equals(a.User, user, StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a.Password), Encoding.UTF8.GetBytes(password)));
        if (account is null || _sessions.Count >= MostSessions)
        {
            return null;
        }

        var session = Fresh();
        _sessions[session] = account;
        http.Response.Cookies.Append(Cookie, session, new CookieOptions { Path = "/", HttpOnly = !isCareless, Secure = !isCareless, SameSite = isCareless ? SameSiteMode.Unspecified : SameSiteMode.Strict });
        return account;
    }

    public void SignOut(HttpContext http)
    {
        if (http.Request.Cookies.TryGetValue(Cookie, out var session))
        {
            _sessions.TryRemove(session, out _);
        }

        http.Response.Cookies.Delete(Cookie);
    }

    private static string Fresh() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
