using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The checks of DA/T 48 over a batch, a row each.</summary>
internal static class EepTable
{
    private static readonly (string Id, string Title, string Left, string Right)[] Checks =
    [
        ("EEP-01", "命名空间、根元素、次序与基数", "封装包里的元素", "DA/T 48-2009 的结构"),
        ("EEP-02", "版本", "版本元素与 eep版本 属性", "2009，两处一致"),
        ("EEP-03", "编码数据", "解码后的字节", "Base64 与反编码关键字（大小与格式信息在 1-9、1-10 比）"),
        ("EEP-04", "标识符", "各元素的标识符与引用", "唯一、可以找到、合乎写法"),
        ("EEP-05", "业务实体的引用", "机构人员标识符与文件标识符", "包里的实体"),
        ("EEP-06", "业务行为的时间", "各行为的时间", "先后不倒，有归档或封装"),
        ("EEP-07", "签名与证书", "签名、证书与签名时间", "签名值验证、证书有效期"),
        ("EEP-08", "签名算法标识", "签名算法标识", "签名算法（SM2withSM3）"),
        ("EEP-09", "实例文档", "文件的根元素", "封装包实例，不是模式文件"),
        ("EEP-10", "修改型里的原封装包", "原封装包", "保留在修改型里"),
    ];

    public static IReadOnlyList<ItemComparison> Of(BatchReading batch)
    {
        var packages = batch.Packages.Where(p => p.Eep is not null).ToList();
        if (packages.Count == 0)
        {
            return [];
        }

        return
        [
            .. Checks.Select(check =>
            {
                var tally = new ItemTally(check.Left, check.Right);
                packages.ForEach(p => EepItems.Add(tally, p.Name, p.Eep!, [check.Id]));
                return tally.Build(new ArchiveItem(check.Id, check.Title, InTransfer: true, InPreservation: true), ArchiveStage.Archiving);
            }),
        ];
    }
}
