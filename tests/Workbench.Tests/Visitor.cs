using System.Net;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Workbench.Tests;

/// <summary>A browser without pictures: keeps cookies, follows nothing by itself.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, UseProxy = false };

    public Visitor(Uri root) => Client = new HttpClient(_handler) { BaseAddress = root };

    public HttpClient Client { get; }

    public static Uri RootOf(WorkbenchServer server) => new(new Uri(server.Entrance).GetLeftPart(UriPartial.Authority));

    public static async Task<Visitor> EnterAsync(WorkbenchServer server)
    {
        var visitor = new Visitor(RootOf(server));
        using var entered = await visitor.Client.GetAsync(new Uri(server.Entrance));
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative));

    public async Task<string> PageAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>What is hidden in the forms of this visit.</summary>
    public async Task<string> ProofAsync(string form) => HiddenProof().Match(await PageAsync(form)).Groups["proof"].Value;

    public async Task<HttpResponseMessage> AnswerAsync(string form, string? proof, int version, string verdict, byte[]? file = null, string? origin = null, string fileName = "值班制度.pdf")
    {
        using var body = new MultipartFormDataContent
        {
            { new StringContent(proof ?? ""), "proof" }, { new StringContent($"{version}"), "version" }, { new StringContent(verdict), "verdict" },
            { new StringContent("测试人员"), "by" }, { new StringContent("测试单位"), "organisation" }, { new StringContent("2026-03-03"), "on" }, { new StringContent("看过"), "statement" },
        };
        if (file is not null)
        {
            body.Add(new ByteArrayContent(file), "files", fileName);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(form, UriKind.Relative)) { Content = body };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>Sends fields as they are given.</summary>
    public async Task<HttpResponseMessage> SendAsync(string form, IEnumerable<(string Name, string Value)> fields, params IReadOnlyList<byte[]> files)
    {
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            body.Add(new StringContent(value), name);
        }

        foreach (var file in files)
        {
            body.Add(new ByteArrayContent(file), "files", "制度.pdf");
        }

        return await Client.PostAsync(new Uri(form, UriKind.Relative), body);
    }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("name=\"proof\" value=\"(?<proof>[0-9a-f]{64})\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex HiddenProof();
}
