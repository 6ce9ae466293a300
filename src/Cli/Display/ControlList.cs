using System.Globalization;
using SmartCity.SecurityCheck.Model;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The controls of all catalogues.</summary>
internal static class ControlList
{
    public static void Write(StandardLibrary library, bool asJson)
    {
        if (asJson)
        {
            RunWatch.Line(library.Catalogues.SelectMany(c => c.Controls.Select(x => new { x.Key, c.Standard, Group = x.GroupId, x.Title, x.Unit, x.Levels, x.Reach, x.Evidence, x.Holder, x.Documents, x.NotFor, x.Confidence })));
            return;
        }

        foreach (var catalogue in library.Catalogues)
        {
            var table = new Table().Border(TableBorder.Rounded).Expand();
            table.AddColumn(new TableColumn("单元").NoWrap());
            table.AddColumn(catalogue.Standard);
            table.AddColumn(new TableColumn("一至四级").NoWrap());
            table.AddColumn("工具能做的");
            foreach (var control in catalogue.Controls)
            {
                table.AddRow(new Text(control.Key), new Text(control.Title), new Text(Levels(control)), new Text(control.IsScored || control.Point is null ? control.Reach.Name() : control.Reach.PlainName()));
            }

            Terminal.Out.Write(table);
            Terminal.Out.WriteLine(catalogue.Controls.Any(c => c.IsScored)
                ? $"共 {catalogue.Controls.Count} 个，{catalogue.Controls.Count(c => c.IsScored)} 个参与量化；用 securitycheck explain 单元 看细节。"
                : $"{catalogue.File.Title}：一至四级 {string.Join('、', Enumerable.Range(1, 4).Select(l => catalogue.Controls.Count(c => c.At(l) is not null)))} 条；用 securitycheck explain 条目 看细节。");
        }
    }

    private static string Levels(Control control) => string.Join(' ', Enumerable.Range(1, 4).Select(l => control.At(l) is { } at
        ? control.Point is not null ? "●" : $"{at.Modal.Name()}{(at.Weight is { } weight ? weight.ToString("0.#", CultureInfo.InvariantCulture) : "")}"
        : "—"));
}
