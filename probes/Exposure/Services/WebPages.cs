using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// Pages that should ask for a login: GET without one, and where the answer is a Basic challenge (RFC 7617) the published accounts. Of an
/// answer only its status and whether the marker is there is kept; its content may be anybody's.
/// </summary>
internal sealed class WebPages(Door door, IReadOnlyList<OpenPage> pages, IReadOnlyList<DefaultAccount> accounts, bool? isTls)
{
    private const int MostPages = 16;
    private const int MostAccounts = 3;

    /// <summary>One entry for each page that lets everybody in, one for each product that was recognised while it refused, and where there is neither one for all.</summary>
    public async Task<IReadOnlyList<(string Service, Finding Finding)>> AskAsync()
    {
        var secure = isTls ?? await SpeaksTlsAsync();
        var found = new List<(string Service, Finding Finding)>();
        var refused = new List<(string Service, Finding Finding)>();
        var (asked, broken) = (0, 0);
        foreach (var page in pages.Take(MostPages))
        {
            var answer = await GetAsync(page.Path, null, secure);
            asked++;
            broken += answer is null ? 1 : 0;
            if (asked == 1 && answer is null)
            {
                return [("web", Finding.Undecided("不是 HTTP，没有辨认出是什么服务"))];
            }

            if (answer is { Status: 200 } && answer.Text.Contains(page.Marker, StringComparison.Ordinal))
            {
                found.Add((page.Service, new Finding(ServiceAccess.Open, page.Title)));
            }
            else if (answer is { Status: 401 } && page.RefusedBy.Any(r => answer.Text.Contains(r, StringComparison.OrdinalIgnoreCase)))
            {
                refused.Add((page.Service, Finding.Guarded($"页面 {page.Path} 要求登录；只说明这一页")));
            }
        }

        foreach (var group in accounts.GroupBy(a => a.Path!, StringComparer.Ordinal))
        {
            if (await WithAccountsAsync(group.Key, [.. group.Take(MostAccounts)], secure) is { } taken)
            {
                found.Add((group.First().Service, taken));
            }
        }

        found.AddRange(refused.Where(r => !found.Exists(f => f.Service == r.Service)));
        return found.Count > 0 && (broken == 0 || found.Exists(f => f.Finding.Access != ServiceAccess.Guarded)) ? found
            : [.. found, ("web", broken == 0 ? Finding.Guarded($"{asked} 个缺省页面都没有免登录应答") : Finding.Undecided($"{asked} 个缺省页面中 {broken} 个没有得到应答"))];
    }

    private async Task<Finding?> WithAccountsAsync(string path, IReadOnlyList<DefaultAccount> of, bool secure)
    {
        if (await GetAsync(path, null, secure) is not { Status: 401 } first || !first.Text.Contains("WWW-Authenticate: Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        Finding? doubt = null;
        foreach (var account in door.Affordable(of))
        {
            var answer = await GetAsync(path, account, secure);
            if (answer is { Status: 200 })
            {
                return Finding.Default(account);
            }

            // Tomcat says 403 to an account it took, for want of the role.
            doubt ??= answer is { Status: 401 } ? null
                : Finding.Undecided(answer is null ? $"{path} 在给出账户 {account.User} 的口令以后没有应答" : string.Create(CultureInfo.InvariantCulture, $"{path} 对账户 {account.User} 应答 {answer.Status}，分不清口令对不对"));
        }

        return doubt;
    }

    private async Task<bool> SpeaksTlsAsync() => await GetAsync("/", null, secure: true) is not null;

    /// <summary>Null where there was no HTTP answer.</summary>
    private async Task<Answer?> GetAsync(string path, DefaultAccount? account, bool secure)
    {
        try
        {
            await using var talk = await door.OpenAsync();
            if (secure)
            {
                await talk.EncryptAsync(door.Target.Address);
            }

            var host = door.Target.Address.Contains(':', StringComparison.Ordinal) ? $"[{door.Target.Address}]" : door.Target.Address;
            var login = account is null ? "" : $"Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{account.User}:{account.Password}"))}\r\n";
            await talk.SayAsync($"GET {path} HTTP/1.1\r\nHost: {host}:{door.Port}\r\nUser-Agent: SmartCity.SecurityCheck\r\nAccept: application/json, */*\r\n{login}Connection: close\r\n\r\n");
            var text = await talk.UntilAsync(IsWhole);
            return text is ['H', 'T', 'T', 'P', '/', '1', '.', _, ' ', ..] && text.Length > 12 && int.TryParse(text.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? new Answer(status, text) : null;
        }
        catch (Exception broken) when (broken is IOException or UnableException or System.Security.Authentication.AuthenticationException or OperationCanceledException && !door.Stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>A server that says how long its answer is may keep the connection open.</summary>
    private static bool IsWhole(string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var at = head < 0 ? -1 : text.IndexOf("content-length:", 0, head, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && int.TryParse(text[(at + 15)..text.IndexOf('\r', at)].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && text.Length >= head + 4 + length;
    }

    private sealed record Answer(int Status, string Text);
}
