namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>A package of P-ZWFW before it is written; every part can be made wrong on its own.</summary>
internal sealed class DraftPackage
{
    /// <summary>Without ending.</summary>
    public required string Name { get; set; }

    public required List<(string Name, string Value)> Fields { get; init; }

    public required List<DraftFile> Files { get; init; }

    public required List<(string Code, string Time, string Actor)> Steps { get; init; }

    /// <summary>Values of the transfer list's entry; what is computed over the written package (size, digest) is put in where null.</summary>
    public required List<(string Name, string? Value)> Entry { get; init; }

    /// <summary>Files that metadata does not speak of.</summary>
    public List<(string Path, byte[] Bytes)> Others { get; } = [];

    /// <summary>Makes the bytes of the metadata file wrong.</summary>
    public Func<byte[], byte[]>? Metadata { get; set; }

    /// <summary>Makes the bytes of the written package wrong.</summary>
    public Func<byte[], byte[]>? Package { get; set; }

    /// <summary>The transfer list gives the MD5 digest of the package.</summary>
    public bool HasMd5 { get; set; }

    public string MetadataName { get; set; } = "基本信息元数据.xml";

    public void Set(string field, string value)
    {
        var at = Fields.FindIndex(f => f.Name == field);
        Fields[at] = (field, value);
    }

    public void SetEntry(string field, string? value)
    {
        var at = Entry.FindIndex(f => f.Name == field);
        Entry[at] = (field, value);
    }
}

/// <summary>A file of a draft; null values in metadata follow the content.</summary>
internal sealed class DraftFile
{
    public required string Folder { get; set; }

    public required string Name { get; set; }

    public required string Code { get; set; }

    public required string Format { get; set; }

    public required byte[] Bytes { get; set; }

    public bool IsAttachment { get; init; }

    /// <summary>As metadata lists it.</summary>
    public string? ListedName { get; set; }

    public string? ListedSize { get; set; }

    /// <summary>False for one that is listed and not written.</summary>
    public bool IsWritten { get; set; } = true;

    public bool IsListed { get; set; } = true;

    public string? Digest { get; set; }
}

/// <summary>Packages of P-ZWFW that are handed over together.</summary>
internal sealed class DraftBatch
{
    public required List<DraftPackage> Packages { get; init; }

    public required List<(string Name, string? Value)> Head { get; init; }

    /// <summary>Files beside the packages.</summary>
    public List<(string Name, byte[] Bytes)> Beside { get; } = [];

    public bool IsZipped { get; init; } = true;

    /// <summary>True for names in GBK without a flag.</summary>
    public bool HasGbkNames { get; init; }

    public bool HasTransferList { get; init; } = true;

    /// <summary>Null for P-ZWFW.</summary>
    public DraftDialect? Dialect { get; set; }

    public void SetHead(string field, string? value)
    {
        var at = Head.FindIndex(f => f.Name == field);
        Head[at] = (field, value);
    }
}
