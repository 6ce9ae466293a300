using System.Globalization;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>The walk through the archiving pages, as the office's own people would describe it, with the files it hands in.</summary>
public static class FlowSamples
{
    /// <summary>The same for people to begin their own from: every verb, with what it proves.</summary>
    public static string Example => Resource().Replace("@接收地址@", "http://127.0.0.1:8090/api/archive/receive", StringComparison.Ordinal);

    private const string Heads = "办件编号,事项,申请人,受理日期\n";

    /// <summary>Writes the files and gives the <c>webFlows:</c> of candidate.yaml.</summary>
    /// <param name="samples">Where they are put.</param>
    /// <param name="httpsPort">Of the system.</param>
    /// <param name="receiver">Address packages are transferred to.</param>
    internal static string Write(DemoSamples samples, int httpsPort, Uri receiver)
    {
        samples.File("flows/import-good.csv", Heads + "BJ00009001,食品经营许可,导入演示商行甲,2026-01-05\nBJ00009002,食品经营许可,导入演示商行乙,2026-01-06\n");
        samples.File("flows/import-bad/1-one-bad-row.csv", Heads + "BJ00009003,食品经营许可,导入演示商行丙,2026-01-07\nBJ00009004,食品经营许可,导入演示商行丁,2026-02-30\n");
        samples.File("flows/import-bad/2-other-head.csv", "编号,名称\n1,甲\n");
        var flow = samples.File("flows/archive.yaml", Resource().Replace("@接收地址@", receiver.AbsoluteUri, StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"webFlows:\n- id: archive-desk\n  title: 归档功能(浏览器)\n  start: https://127.0.0.1:{httpsPort}/archive/login\n  flow: {DemoSamples.Quoted(flow)}\n");
    }

    private static string Resource()
    {
        using var stream = typeof(FlowSamples).Assembly.GetManifestResourceStream("flows/archive.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
