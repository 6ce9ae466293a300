using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Demo;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>A demonstration system, and somebody who uses its archiving pages.</summary>
internal sealed class ArchiveVisitor : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly bool _ownsSystem;

    private ArchiveVisitor(DemoSystem system, bool ownsSystem)
    {
        (System, _ownsSystem) = (system, ownsSystem);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(system.Trust.Anchors.Take(1).Select(a => X509CertificateLoader.LoadCertificate(a.Content.Span)).ToArray());
        _client = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy }, UseProxy = false })
        {
            BaseAddress = new Uri(system.Variant == DemoVariant.Careless ? $"http://127.0.0.1:{system.HttpPort}/" : $"https://127.0.0.1:{system.HttpsPort}/"),
        };
    }

    public DemoSystem System { get; }

    public HttpClient Client => _client;

    /// <summary>Signed in as the administrator.</summary>
    public static async Task<ArchiveVisitor> StartAsync(DemoVariant variant)
    {
        var visitor = new ArchiveVisitor(await DemoSystem.StartAsync(variant, TimeProvider.System, CancellationToken.None), ownsSystem: true);
        await visitor.SignInAsync(visitor.System.Archiving.Administrator);
        return visitor;
    }

    public async Task<ArchiveVisitor> ClerkAsync()
    {
        var clerk = new ArchiveVisitor(System, ownsSystem: false);
        await clerk.SignInAsync(System.Archiving.Clerk);
        return clerk;
    }

    public async Task<string> GetAsync(string path)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative));
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<string> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await _client.PostAsync(new Uri(path, UriKind.Relative), form);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<string> ImportAsync(byte[] file)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "cases.csv" } };
        using var response = await _client.PostAsync(new Uri("archive/import", UriKind.Relative), form);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<string> ReceiveAsync(byte[] package, string? digest, byte[]? list = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent("r-1"), "reqid" }, { new ByteArrayContent(package), "package", "p.zip" } };
        if (digest is not null)
        {
            form.Add(new StringContent(digest), "aipdigest");
        }

        if (list is not null)
        {
            form.Add(new ByteArrayContent(list), "list", "list.xml");
        }

        using var response = await _client.PostAsync(new Uri("api/archive/receive", UriKind.Relative), form);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>A finished case; the first of a system has the number 1 in addresses.</summary>
    public async Task FinishedAsync(int id, string matter = "户外广告设置审批", string applicant = "申请人甲")
    {
        await PostAsync("archive/cases", ("matter", matter), ("applicant", applicant), ("materials", "场所证明：自有\n效果图"));
        await PostAsync($"archive/cases/{id}/finish");
    }

    public async Task<byte[]> PackageAsync(int id) => await _client.GetByteArrayAsync(new Uri($"archive/cases/{id}/package", UriKind.Relative));

    public async Task<byte[]> TransferListAsync(int id) => await _client.GetByteArrayAsync(new Uri($"archive/cases/{id}/transfer-list", UriKind.Relative));

    /// <summary>Texts of the cells of each row of a table.</summary>
    public static IReadOnlyList<string[]> Rows(string page, string caption)
    {
        var table = Regex.Match(page, $"<caption>{caption}</caption>.*?</table>", RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Value;
        return [.. Regex.Matches(table, "<tr>(?<row>.*?)</tr>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Skip(1)
            .Select(r => Regex.Matches(r.Groups["row"].Value, "<t[hd][^>]*>(?<cell>.*?)</t[hd]>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(c => global::System.Net.WebUtility.HtmlDecode(c.Groups["cell"].Value)).ToArray())];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_ownsSystem)
        {
            await System.DisposeAsync();
        }
    }

    private async Task SignInAsync(DemoAccount account)
    {
        var page = await PostAsync("archive/login", ("user", account.User), ("password", account.Password));
        Assert.Contains("退出", page, StringComparison.Ordinal);
    }
}
