namespace ElasticNet.Fast.Cli;

/// <summary>What every report begins and ends with.</summary>
internal static class HtmlPage
{
    /// <summary>The text of the file.</summary>
    public static string Of(string title, IEnumerable<(string Name, string Value)> headline, Action<Html> sections)
    {
        Html html = new();
        html.Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
            // Names come from files of others: whatever they hold, nothing is run and nothing is fetched.
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n")
            .Raw($"<title>{Html.Escape(title)}</title>\n<style>\n{Style()}</style>\n</head>\n<body>\n<header>\n<h1>{Html.Escape(title)}</h1>\n");
        html.Facts(headline);
        html.Raw("</header>\n<main>\n");
        sections(html);
        html.Raw("</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static string Style()
    {
        using Stream stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
