using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>
/// Who may use the pages: whoever holds the address that the terminal printed, once. Other users of the machine can reach the port, and pages
/// of other sites can make a browser ask it.
/// </summary>
internal sealed class AccessGate
{
    private const string FormField = "proof";

    private readonly Lock _gate = new();
    private readonly string _session = Secret();
    private readonly string _proof = Secret();
    private readonly string _cookie;
    private readonly string[] _hosts;
    private string? _token = Secret();

    public AccessGate(int port)
    {
        // Cookies know no ports: another workbench of this machine has a name of its own.
        _cookie = $"securitycheck-{port}";
        _hosts = [$"127.0.0.1:{port}", $"localhost:{port}"];
        Entrance = $"http://127.0.0.1:{port}/enter?token={_token}";
    }

    /// <summary>For one use.</summary>
    public string Entrance { get; }

    /// <summary>Hidden in every form.</summary>
    public string Proof => _proof;

    /// <summary>A name that somebody else's DNS points to 127.0.0.1 is not ours.</summary>
    public bool IsOurHost(HttpRequest request) => _hosts.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase);

    public bool IsKnown(HttpRequest request) => request.Cookies.TryGetValue(_cookie, out var given) && Same(given, _session);

    /// <summary>Takes the token for a cookie. It works once; nobody guesses 256 bits, and counting wrong tries would only shut its holder out.</summary>
    public bool TryEnter(HttpContext context)
    {
        lock (_gate)
        {
            if (_token is null || !Same(context.Request.Query["token"].ToString(), _token))
            {
                return false;
            }

            _token = null;
        }

        context.Response.Cookies.Append(_cookie, _session, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
        return true;
    }

    /// <summary>A form of ours, sent from a page of ours.</summary>
    public bool IsOurForm(HttpRequest request, IFormCollection form) =>
        Same(form[FormField].ToString(), _proof)
        && (request.Headers.Origin.Count == 0 || _hosts.Any(h => request.Headers.Origin.ToString() == $"http://{h}"));

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static bool Same(string given, string right) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(right));
}
