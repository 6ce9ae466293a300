using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Plain pages of the archiving function; everything that comes from outside is encoded here.</summary>
internal static class ArchiveHtml
{
    private static readonly (string Group, (string Title, string Path)[] Entries)[] Menu =
    [
        ("电子文件归档", [("归档配置", "config"), ("归档管理", "cases"), ("待归档", "waiting"), ("归档统计", "statistics")]),
        ("系统管理", [("操作日志", "logs")]),
        ("数据管理", [("备份", "backup"), ("恢复演练", "restore"), ("导出", "export"), ("导入", "import")]),
    ];

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static IResult Page(string title, string body, DemoAccount? account, int status = 200)
    {
        var head = account is null ? "" : $"""
            <header><p>演示政务服务系统</p><form method="post" action="/archive/logout"><span>{Text(account.User)}</span> <button>退出</button></form></header>
            <nav aria-label="主菜单"><ul>{string.Concat(Menu.Select(g => $"<li>{g.Group}<ul>{string.Concat(g.Entries.Select(e => $"<li><a href=\"/archive/{e.Path}\">{e.Title}</a></li>"))}</ul></li>"))}</ul></nav>
            """;
        return Results.Content($"<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{Text(title)} - 演示政务服务系统</title></head><body>{head}<main><h1>{Text(title)}</h1>{body}</main></body></html>", "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    /// <param name="caption">Name of the table.</param>
    /// <param name="heads">Of columns.</param>
    /// <param name="rows">HTML of cells.</param>
    public static string Table(string caption, IEnumerable<string> heads, IEnumerable<IEnumerable<string>> rows) =>
        $"<table><caption>{Text(caption)}</caption><thead><tr>{string.Concat(heads.Select(h => $"<th scope=\"col\">{Text(h)}</th>"))}</tr></thead><tbody>{string.Concat(rows.Select(r => $"<tr>{string.Concat(r.Select(c => $"<td>{c}</td>"))}</tr>"))}</tbody></table>";

    /// <summary>字段/值, with the name of each field as head of its row.</summary>
    public static string Definitions(string caption, IEnumerable<(string Field, string Value)> fields) =>
        $"<table><caption>{Text(caption)}</caption><thead><tr><th scope=\"col\">字段</th><th scope=\"col\">值</th></tr></thead><tbody>{string.Concat(fields.Select(f => $"<tr><th scope=\"row\">{Text(f.Field)}</th><td>{Text(f.Value)}</td></tr>"))}</tbody></table>";

    public static string Button(string text, string action, string method = "post") => $"<form method=\"{method}\" action=\"{action}\"><button>{Text(text)}</button></form>";

    public static string Field(string label, string name, string value = "", string type = "text") => $"<p><label>{Text(label)} <input name=\"{name}\" type=\"{type}\" value=\"{Text(value)}\"></label></p>";

    public static string Status(string text) => text.Length == 0 ? "" : $"<p role=\"status\">{Text(text)}</p>";
}
