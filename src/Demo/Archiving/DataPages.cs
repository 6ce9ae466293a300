using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>归档配置, 归档统计, 操作日志, 备份, 导出 and 导入.</summary>
internal sealed class DataPages(ArchiveDesk desk)
{
    public IResult Configuration(HttpContext http, DemoAccount account) => ArchiveHtml.Page(
        "归档配置",
        ArchiveHtml.Status(http.Request.Query["said"].ToString())
        + $"<form method=\"post\" action=\"/archive/config\">{ArchiveHtml.Field("接收地址", "address", desk.ReceiverAddress)}{ArchiveHtml.Field("接收令牌", "token", "", "password")}<button>保存</button></form>"
        + ArchiveHtml.Table("归档范围", ["事项", "归档范围", "保管期限", "元数据方案", "编号规则"], [["所有事项", "申请表、申请材料、受理通知书、办理结果", "30年", $"基本信息元数据（{BaseElements.All.Count} 项）", "电子文件号 DZ+年度+8 位流水；档号 全宗号-门类·年度-期限-件号"]]),
        account);

    public async Task<IResult> ConfigureAsync(HttpContext http, DemoAccount account)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (address, token) = (form["address"].ToString().Trim(), form["token"].ToString().Trim());
        var isRight = PackageSending.Own(address) is not null && token.Length < 1000 && token.All(char.IsAscii) && !token.Any(char.IsControl);
        if (isRight)
        {
            (desk.ReceiverAddress, desk.ReceiverToken) = (address, token.Length == 0 ? desk.ReceiverToken : token);
        }

        desk.Note(account.User, "归档配置", "接收地址", isRight ? "成功" : "拒绝");
        return Results.Redirect("/archive/config?said=" + Uri.EscapeDataString(isRight ? "已保存" : "没有保存：接收地址应为本机（127.0.0.1）的网址"));
    }

    /// <summary>Packages by matter and year; the careless variant counts cases.</summary>
    public IResult Statistics(HttpContext http, DemoAccount account)
    {
        var counted = desk.Cases.Where(c => c.Package is not null || desk.IsCareless).ToList();
        var rows = counted.GroupBy(c => (c.Matter, Year: ArchiveWriting.Time(c.ReceivedAt)[..4])).OrderBy(g => g.Key.Matter, StringComparer.Ordinal).Select(g => (string[])[ArchiveHtml.Text(g.Key.Matter), g.Key.Year, g.Count().ToString()]);
        return ArchiveHtml.Page("归档统计", ArchiveHtml.Table("归档统计", ["事项", "年度", "归档信息包数"], rows) + $"<dl><dt>总数</dt><dd>{counted.Count}</dd></dl>", account);
    }

    public IResult Logs(HttpContext http, DemoAccount account)
    {
        var wanted = http.Request.Query["target"].ToString();
        var lines = desk.Log.Where(l => l.Target.Contains(wanted, StringComparison.Ordinal)).Reverse().Take(500);
        string[] heads = ["时间", "用户", "操作", "对象", "结果", .. desk.IsCareless ? (string[])["维护"] : []];
        return ArchiveHtml.Page(
            "操作日志",
            $"<form method=\"get\" action=\"/archive/logs\" role=\"search\">{ArchiveHtml.Field("对象", "target", wanted)}<button>查询</button></form>"
            + ArchiveHtml.Table("操作日志", heads, lines.Select(l => (string[])[ArchiveWriting.Time(l.At), ArchiveHtml.Text(l.User), ArchiveHtml.Text(l.Action), ArchiveHtml.Text(l.Target), ArchiveHtml.Text(l.Result), .. desk.IsCareless ? (string[])[Editing(l)] : []])),
            account);
    }

    /// <summary>Mapped in the careless variant alone.</summary>
    public async Task<IResult> EditLogAsync(HttpContext http, int id, DemoAccount account)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        desk.EditLog(id, form["do"] == "remove" ? null : form["result"].ToString());
        return Results.Redirect("/archive/logs");
    }

    public IResult Backup(HttpContext http, DemoAccount account) => ArchiveHtml.Page(
        "备份",
        ArchiveHtml.Button("立即备份", "/archive/backup")
        + ArchiveHtml.Table("备份", ["时间", "大小", "操作人", "结果", "摘要"], desk.Backups.Reverse().Select(b => (string[])[ArchiveWriting.Time(b.At), b.Size, ArchiveHtml.Text(b.User), b.Result, b.Digest]))
        + $"<p>共 {desk.Backups.Count} 条</p>",
        account);

    public IResult Drills(HttpContext http, DemoAccount account) => ArchiveHtml.Page(
        "恢复演练",
        ArchiveHtml.Button("开始演练", "/archive/restore")
        + ArchiveHtml.Table("恢复演练", ["时间", "备份时间", "操作人", "结果", "读回的摘要"], desk.Restores.Reverse().Select(r => (string[])[ArchiveWriting.Time(r.At), ArchiveWriting.Time(r.Backup), ArchiveHtml.Text(r.User), r.Result, r.Digest]))
        + $"<p>共 {desk.Restores.Count} 条</p>",
        account);

    public IResult Restore(HttpContext http, DemoAccount account)
    {
        desk.Note(account.User, "恢复演练", "业务数据", desk.TryRestore(account.User)?.Result ?? "没有备份");
        return Results.Redirect("/archive/restore");
    }

    public IResult BackUp(HttpContext http, DemoAccount account)
    {
        desk.Note(account.User, "备份", "业务数据", desk.BackUp(account.User).Result);
        return Results.Redirect("/archive/backup");
    }

    public IResult Export(HttpContext http, DemoAccount account) => ArchiveHtml.Page(
        "导出",
        $"<dl><dt>总数</dt><dd>{desk.Cases.Count}</dd></dl>" + ArchiveHtml.Button("导出", "/archive/export/cases.csv", "get"),
        account);

    public IResult ExportFile(HttpContext http, DemoAccount account)
    {
        var cases = desk.Cases;
        var text = new StringBuilder("\uFEFF办件编号,事项,申请人,身份证号,状态,受理时间\r\n");
        foreach (var c in cases)
        {
            string[] cells = [c.Number, c.Matter, c.Applicant, desk.IsCareless ? c.CardNumber : TableText.Mask(c.CardNumber), c.State.Title(), ArchiveWriting.Time(c.ReceivedAt)];
            text.AppendJoin(',', cells.Select(v => TableText.Quote(desk.IsCareless ? v : TableText.Escape(v)))).Append("\r\n");
        }

        desk.Note(account.User, "导出", "办件", $"{cases.Count} 条");
        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", "export.csv");
    }

    public static IResult Import(HttpContext http, DemoAccount account) => ImportPage(account, "");

    public async Task<IResult> TakeAsync(HttpContext http, DemoAccount account)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } cap)
        {
            cap.MaxRequestBodySize = CaseImport.MostBytes + (64 * 1024);
        }

        byte[]? file = null;
        try
        {
            file = await FileAsync(http);
        }
        catch (Exception broken) when (broken is BadHttpRequestException or InvalidDataException or InvalidOperationException)
        {
            // Too much, or no form: told as a file that is none.
        }

        var outcome = file is null ? new ImportOutcome(0, [(0, "没有文件，或文件过大")]) : CaseImport.Run(desk, file);
        desk.Note(account.User, "导入", "办件", $"入库 {outcome.Added} 条，有问题 {outcome.Faults.Count} 行");
        var said = outcome.Faults.Count == 0 ? $"成功 {outcome.Added} 条" : desk.IsCareless && outcome.Added > 0 ? $"成功 {outcome.Added} 条，失败 {outcome.Faults.Count} 条" : "失败：整个文件没有入库";
        return ImportPage(account, ArchiveHtml.Status(said) + (outcome.Faults.Count == 0 ? "" : ArchiveHtml.Table("导入结果", ["行号", "原因"], outcome.Faults.Take(100).Select(f => (string[])[f.Line.ToString(), ArchiveHtml.Text(f.Reason)]))));
    }

    private static async Task<byte[]?> FileAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form.Files.Count != 1 || form.Files[0].Length > CaseImport.MostBytes)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        await form.Files[0].CopyToAsync(bytes, http.RequestAborted);
        return bytes.ToArray();
    }

    private static IResult ImportPage(DemoAccount account, string outcome) => ArchiveHtml.Page(
        "导入",
        $"<form method=\"post\" action=\"/archive/import\" enctype=\"multipart/form-data\"><p><label>文件 <input name=\"file\" type=\"file\" accept=\".csv\"></label></p><p>CSV（UTF-8），列：办件编号、事项、申请人、受理日期</p><button>导入</button></form>{outcome}",
        account);

    private static string Editing(LogLine line) => $"<form method=\"post\" action=\"/archive/logs/{line.Id}\"><input name=\"result\" aria-label=\"新结果\" value=\"{ArchiveHtml.Text(line.Result)}\"><button name=\"do\" value=\"edit\">编辑</button><button name=\"do\" value=\"remove\">删除</button></form>";
}
