using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Calls that no engine follows leave open what they may be.</summary>
public sealed class UntracedCallTests
{
    [Theory]
    [InlineData("object F(string x) => Content(x, \"text/html\");", "Content")]
    [InlineData("object F(string x) => Results.Content(\"<b>\" + x, contentType: \"text/html; charset=utf-8\");", "Content")]
    [InlineData("object F(string x) => new ContentResult { Content = x, ContentType = \"text/html\" };", "ContentResult")]
    [InlineData("object F(string x, string type) => Content(x, type);", "Content")]
    [InlineData("object F(string x) => new HtmlString(x);", "HtmlString")]
    [InlineData("object F(string x) => Html.Raw(x);", "Raw")]
    [InlineData("async System.Threading.Tasks.Task F(System.Net.Http.HttpClient c, string x) { await c.GetStringAsync(x); }", "GetStringAsync")]
    [InlineData("async System.Threading.Tasks.Task F(System.Net.Http.HttpClient c, string x) { var u = $\"/{x}\"; await c.GetAsync(u); }", "GetAsync")]
    [InlineData("async System.Threading.Tasks.Task F(string x) { await httpClient.GetAsync($\"http://{x}/a\"); }", "GetAsync")]
    [InlineData("object F(string x) => new System.Net.Http.HttpRequestMessage(System.Net.Http.HttpMethod.Get, x);", "HttpRequestMessage")]
    [InlineData("async System.Threading.Tasks.Task F(Microsoft.AspNetCore.Http.HttpContext c) => await c.Response.WriteAsync(\"<p>\" + c.Request.Query[\"n\"]);", "Response.WriteAsync")]
    [InlineData("async System.Threading.Tasks.Task F(Microsoft.AspNetCore.Http.HttpContext c, byte[] b) => await c.Response.Body.WriteAsync(b);", "Response.WriteAsync")]
    public async Task Text_for_a_page_and_addresses_of_requests(string member, string what)
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.cs", $"class A {{\n{member}\n}}");
        var seen = await Analyzing.RunAsync(folder);
        Assert.Equal($"A.cs:2 {what}", Assert.Single(seen!.UntracedInjection));
        Assert.Equal((true, false, true), (seen.IsComplete, seen.HasSevereInjection.IsKnown, seen.HasSevereFileAccess.IsKnown));
    }

    [Fact]
    public async Task A_program_without_a_class_is_read_whole()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.cs", "var c = new System.Net.Http.HttpClient();\nvar u = \"https://example.cn/\";\nu = args[0];\nawait c.GetStringAsync(u);\n");
        Assert.Equal("A.cs:4 GetStringAsync", Assert.Single((await Analyzing.RunAsync(folder))!.UntracedInjection));
    }

    [Fact]
    public async Task Paths_of_files_that_are_sent()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.cs", "class A {\nobject F(string x) => PhysicalFile(System.IO.Path.Combine(root, x), \"image/png\");\n}");
        var seen = await Analyzing.RunAsync(folder);
        Assert.Null(seen!.Projects[0].CutBecause);
        Assert.Equal("A.cs:2 PhysicalFile", Assert.Single(seen!.UntracedFileAccess));
        Assert.Equal((true, false), (seen.HasSevereInjection.IsKnown, seen.HasSevereFileAccess.IsKnown));
    }

    [Fact]
    public async Task What_the_code_fixes_is_no_matter()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.cs", """
            class A {
              const string Text = "<b>a</b>";
              object B() => Content(Text, "text/html");
              object C(string x) => Content(x, "text/plain");
              object D(string x) => new HtmlString(System.Net.WebUtility.HtmlEncode(x));
              object E() => PhysicalFile(System.IO.Path.Combine(root, "a.png"), "image/png");
              object F(string x) => PhysicalFile(System.IO.Path.Combine(root, System.IO.Path.GetFileName(x)), "image/png");
              async System.Threading.Tasks.Task G(System.Net.Http.HttpClient c, int x) { var u = $"https://a.example.cn/{x}"; await c.GetAsync(u); await c.GetAsync("/api/" + x); }
              object H(string key) => cache.GetAsync(key);
              async System.Threading.Tasks.Task I(Microsoft.AspNetCore.Http.HttpContext c, object o) { await c.Response.WriteAsync(System.Text.Json.JsonSerializer.Serialize(o)); await c.Response.WriteAsync("ok"); }
              async System.Threading.Tasks.Task J(Microsoft.AspNetCore.Http.HttpContext c, string x) { c.Response.ContentType = "application/json"; await c.Response.WriteAsync(x); }
              async System.Threading.Tasks.Task K(System.IO.StreamWriter file, string x) => await file.WriteAsync(x);
            }
            """);
        var seen = await Analyzing.RunAsync(folder);
        Assert.Empty(seen!.UntracedInjection.Concat(seen.UntracedFileAccess));
        Assert.Null(seen.Projects[0].CutBecause);
        Assert.True(seen.IsComplete);
        Assert.Equal((false, false), (seen.HasSevereInjection.Value, seen.HasSevereFileAccess.Value));
    }
}
