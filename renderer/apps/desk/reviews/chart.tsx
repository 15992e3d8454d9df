import { useEffect, useRef } from "react";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use as register, type ComposeOption } from "echarts/core";
import type { BarSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GridComponentOption } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

register([BarChart, LineChart, GridComponent, CanvasRenderer]);

export type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption>;

/** A chart beside its table: a picture for who would rather look than read, with the same said in words. */
export const Chart = ({ option, label }: { readonly option: ChartOption; readonly label: string }) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const chart = init(element);
    // Numbers, not movement, are what a duty manager looks for.
    chart.setOption({ animation: false, textStyle: { fontFamily: "inherit" }, ...option });
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <div ref={place} className="reviews-chart" role="img" aria-label={label} />;
};
