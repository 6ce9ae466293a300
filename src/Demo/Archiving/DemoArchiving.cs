using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>电子文件归档 of the demonstration system, under <c>/archive</c>, with its interface under <c>/api</c>. What the careless variant does wrong: <see cref="PlantedFault.All"/>.</summary>
public sealed class DemoArchiving : IDisposable
{
    private readonly ArchiveDesk _desk;
    private readonly ArchiveAccounts _accounts;
    private readonly PackageSending _sending = new();
    private readonly ArchiveApi _api;

    private DemoArchiving(DemoVariant variant, TimeProvider clock)
    {
        _desk = new ArchiveDesk(variant, clock);
        _accounts = new ArchiveAccounts(_desk.IsCareless);
        Cases = new CasePages(_desk, _sending);
        _api = new ArchiveApi(_desk, _accounts, Cases);
    }

    /// <summary>Sees everything.</summary>
    public DemoAccount Administrator => _accounts.Administrator;

    /// <summary>Handles cases; is refused logs, configuration, backup, export and import where the system is well run.</summary>
    public DemoAccount Clerk => _accounts.Clerk;

    /// <summary>Bearer token of the interface.</summary>
    public string ApiToken => _accounts.ApiToken;

    /// <summary>Backups that really stand on disk, oldest first.</summary>
    public IReadOnlyList<string> BackupFiles => _desk.BackupFiles;

    private CasePages Cases { get; }

    /// <summary>归档 · handles one case as an administrator would through the pages, and puts its package and 移交目录 into a folder. On a desk of its own: the cases of the running system are its users'.</summary>
    internal static void HandOver(DemoVariant variant, TimeProvider clock, string folder)
    {
        using var office = new DemoArchiving(variant, clock);
        var desk = office._desk;
        var handled = desk.Add("食品经营许可", "演示商行", [("申请表", "演示商行申请食品经营许可。\n"), ("营业场所证明", "演示路 1 号，自有房屋。\n")])!;
        desk.Finish(handled.Id);
        office.Cases.Detect(handled.Id, office.Administrator);
        office.Cases.Pack(handled.Id, office.Administrator);
        var packed = desk.Find(handled.Id)!;
        File.WriteAllBytes(Path.Combine(folder, packed.Record!.Code + ".zip"), packed.Package!);
        File.WriteAllBytes(Path.Combine(folder, "移交目录.xml"), ArchiveWriting.TransferList(packed.Record, packed.Package!, desk.IsCareless, clock.GetUtcNow()));
    }

    /// <summary>Adds pages and interface to a system.</summary>
    public static DemoArchiving Map(WebApplication application, DemoVariant variant, TimeProvider clock)
    {
        var archiving = new DemoArchiving(variant, clock);
        archiving.MapSession(application);
        archiving.MapCases(application);
        archiving.MapData(application);
        application.MapPost("/api/archive/receive", (Delegate)archiving._api.ReceiveAsync);
        application.MapGet("/api/cases/{id}/metadata", archiving._api.Metadata);
        return archiving;
    }

    public void Dispose()
    {
        _api.Dispose();
        _sending.Dispose();
        _desk.Dispose();
    }

    private void MapSession(WebApplication application)
    {
        application.MapGet("/archive", () => Results.Redirect("/archive/cases"));
        application.MapGet("/archive/login", () => LoginPage(""));
        application.MapPost("/archive/login", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var user = form["user"].ToString();
            var account = _accounts.SignIn(http, user, form["password"].ToString());
            _desk.Note(account?.User ?? "未登录", "登录", account?.User ?? "", account is null ? "失败" : "成功");
            return account is null ? LoginPage("用户或密码不对") : Results.Redirect("/archive/cases");
        });
        application.MapPost("/archive/logout", (HttpContext http) =>
        {
            _accounts.SignOut(http);
            return Results.Redirect("/archive/login");
        });
    }

    private void MapCases(WebApplication application)
    {
        Get(application, "/archive/cases", Cases.Cases);
        Get(application, "/archive/waiting", Cases.Waiting);
        Post(application, "/archive/cases", (http, _, account) => Cases.CreateAsync(http, account));
        Post(application, "/archive/cases/{id:int}/finish", (_, id, account) => Task.FromResult(Cases.Finish(id, account)));
        Post(application, "/archive/cases/{id:int}/remove", (_, id, account) => Task.FromResult(Cases.Remove(id, account)));
        Post(application, "/archive/cases/{id:int}/detect", (_, id, account) => Task.FromResult(Cases.Detect(id, account)));
        Post(application, "/archive/cases/{id:int}/pack", (_, id, account) => Task.FromResult(Cases.Pack(id, account)));
        Post(application, "/archive/cases/{id:int}/transfer", Cases.TransferAsync);
        Get(application, "/archive/cases/{id:int}/metadata", (http, account) => Cases.Metadata(Id(http), account));
        Get(application, "/archive/cases/{id:int}/package", (http, account) => Cases.Package(Id(http), account));
        Get(application, "/archive/cases/{id:int}/transfer-list", (http, account) => Cases.TransferList(Id(http), account));
    }

    private void MapData(WebApplication application)
    {
        var data = new DataPages(_desk);
        var isClosed = !_desk.IsCareless;
        Get(application, "/archive/statistics", data.Statistics);
        Get(application, "/archive/logs", data.Logs, isClosed);
        Get(application, "/archive/config", data.Configuration, isClosed);
        Post(application, "/archive/config", (http, _, account) => data.ConfigureAsync(http, account), isClosed);
        Get(application, "/archive/backup", data.Backup, isClosed);
        Post(application, "/archive/backup", (http, _, account) => Task.FromResult(data.BackUp(http, account)), isClosed);
        Get(application, "/archive/restore", data.Drills, isClosed);
        Post(application, "/archive/restore", (http, _, account) => Task.FromResult(data.Restore(http, account)), isClosed);
        Get(application, "/archive/export", data.Export, isClosed);
        Get(application, "/archive/export/cases.csv", data.ExportFile, isClosed);
        Get(application, "/archive/import", DataPages.Import, isClosed);
        Post(application, "/archive/import", (http, _, account) => data.TakeAsync(http, account), isClosed);
        if (_desk.IsCareless)
        {
            Post(application, "/archive/logs/{id:int}", data.EditLogAsync);
        }
    }

    private void Get(WebApplication application, string path, Func<HttpContext, DemoAccount, IResult> page, bool isClosed = false) =>
        application.MapGet(path, (HttpContext http) => Refusal(http, isClosed) ?? page(http, _accounts.Of(http)!));

    private void Post(WebApplication application, string path, Func<HttpContext, int, DemoAccount, Task<IResult>> act, bool isClosed = false) =>
        application.MapPost(path, async (HttpContext http) => Refusal(http, isClosed) ?? await act(http, Id(http), _accounts.Of(http)!));

    private IResult? Refusal(HttpContext http, bool isClosed)
    {
        if (_accounts.Of(http) is not { } account)
        {
            return Results.Redirect("/archive/login");
        }

        if (!isClosed || account.IsAdministrator)
        {
            return null;
        }

        _desk.Note(account.User, "越权访问", http.Request.Path.ToString(), "拒绝");
        return ArchiveHtml.Page("没有权限", "<p role=\"alert\">当前用户没有权限打开这个页面</p>", account, 403);
    }

    private static int Id(HttpContext http) => http.GetRouteValue("id") is string text && int.TryParse(text, out var id) ? id : 0;

    private static IResult LoginPage(string said) => ArchiveHtml.Page(
        "登录",
        ArchiveHtml.Status(said) + $"<form method=\"post\" action=\"/archive/login\">{ArchiveHtml.Field("用户", "user")}{ArchiveHtml.Field("密码", "password", "", "password")}<button>登录</button></form>",
        null);
}
